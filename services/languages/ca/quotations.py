"""Catalan words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "diu diuen afirma afirmen explica afegeix assegura declara assenyala remarca"
            " adverteix escriu respon pregunta admet anuncia insisteix recorda conclou"
            " lamenta subratlla destaca"
        ).split(),
        "va dir", "van dir", "ha dit", "han dit", "va afirmar", "ha afirmat", "va explicar",
        "ha explicat", "va afegir", "ha afegit", "va assegurar", "ha assegurat",
        "va declarar", "ha declarat", "va assenyalar", "ha assenyalat", "va remarcar",
        "ha remarcat", "va advertir", "ha advertit", "va escriure", "ha escrit",
        "va respondre", "ha respost", "va preguntar", "va admetre", "ha admès",
        "ha reconegut", "ha anunciat", "ha insistit", "ha recordat", "ha conclòs",
        "ha lamentat", "ha subratllat", "ha destacat",
    ),
    subject_pronouns=("ell", "ella", "ells", "elles"),
    feminine_pronouns=frozenset({"ella"}),
    masculine_pronouns=frozenset({"ell"}),
    attribution_phrases=("segons", "d'acord amb", "d’acord amb"),
    description_articles=("el", "la", "els", "les", "un", "una"),
    clause_joiners=("i", "però", "que", "qui"),
    speech_negations=frozenset({"no", "mai"}),
    naming_words=frozenset(
        "anomenat anomenada titulat titulada novel·la llibre pel·lícula lema paraula".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
