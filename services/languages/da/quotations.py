"""Danish words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "sagde siger sagt fortalte fortæller forklarede forklarer tilføjede tilføjer"
        " understregede understreger mente mener oplyste oplyser meddelte meddeler"
        " advarede advarer skrev skriver svarede svarer spurgte spørger hævdede hævder"
        " erkendte erkender bekræftede bekræfter lovede lover konstaterede konstaterer"
        " påpegede påpeger synes tror troede kommenterede kommenterer fortsatte"
        " fortsætter udtalte udtaler lød lyder råbte hviskede kræver krævede".split()
    ),
    subject_pronouns=("han", "hun", "de"),
    feminine_pronouns=frozenset({"hun"}),
    masculine_pronouns=frozenset({"han"}),
    attribution_phrases=("ifølge",),
    description_articles=("den", "det", "en", "et"),
    clause_joiners=("og", "men", "at", "som"),
    speech_negations=frozenset({"ikke", "aldrig", "at"}),
    naming_words=frozenset("såkaldte såkaldt kaldet kaldt titlen roman bog film ordet".split()),
    dash_dialogue=True,
)
