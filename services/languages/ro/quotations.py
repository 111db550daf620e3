"""Romanian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "spune spun declară afirmă adaugă explică precizează subliniază anunță"
            " avertizează scrie răspunde întreabă susține recunoaște confirmă promite"
            " transmite menționează povestește consideră crede spusese declarase"
        ).split(),
        "a spus", "au spus", "a declarat", "au declarat", "a afirmat", "au afirmat",
        "a adăugat", "a explicat", "a precizat", "a subliniat", "a anunțat", "a avertizat",
        "a scris", "a răspuns", "a întrebat", "a susținut", "a recunoscut", "a confirmat",
        "a promis", "a transmis", "a menționat", "a relatat", "a povestit", "a comentat",
        "a criticat", "a strigat", "a exclamat", "a insistat", "a punctat", "a conchis",
    ),
    subject_pronouns=("el", "ea", "ei", "ele"),
    feminine_pronouns=frozenset({"ea"}),
    masculine_pronouns=frozenset({"el"}),
    attribution_phrases=("potrivit", "conform", "în opinia", "după spusele"),
    description_articles=("un", "o"),
    clause_joiners=("și", "dar", "că", "care"),
    speech_negations=frozenset({"nu"}),
    naming_words=frozenset(
        "așa-numitul așa-numita numit numită intitulat intitulată roman carte film"
        " cuvântul".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
