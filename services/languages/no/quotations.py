"""Norwegian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "sa sier sagt fortalte forteller forklarte forklarer understreket understreker"
            " mente mener opplyste opplyser meldte melder advarte advarer skrev skriver"
            " svarte svarer spurte spør hevdet hevder innrømmet innrømmer bekreftet"
            " bekrefter lovet lover konstaterte konstaterer påpekte påpeker synes tror"
            " trodde kommenterte kommenterer fortsatte fortsetter uttalte uttaler ropte"
            " hvisket krever krevde tilføyde tilføyer"
        ).split(),
        "la til", "legger til",
    ),
    subject_pronouns=("han", "hun", "de"),
    feminine_pronouns=frozenset({"hun"}),
    masculine_pronouns=frozenset({"han"}),
    attribution_phrases=("ifølge",),
    description_articles=("den", "det", "en", "et"),
    clause_joiners=("og", "men", "at", "som"),
    speech_negations=frozenset({"ikke", "aldri", "å"}),
    naming_words=frozenset(
        "såkalte såkalt kalt tittelen roman bok film ordet".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
