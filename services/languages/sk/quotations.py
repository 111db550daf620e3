"""Slovak words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "povedal povedala povedali hovorí hovoria uviedol uviedla uviedli uvádza dodal"
        " dodala dodali dodáva vyhlásil vyhlásila vysvetlil vysvetlila vysvetľuje"
        " oznámil oznámila zdôraznil zdôraznila varoval varovala napísal napísala píše"
        " odpovedal odpovedala spýtal spýtala tvrdí potvrdil potvrdila priznal priznala"
        " sľúbil poznamenal poznamenala myslí upozornil upozornila skonštatoval"
        " skonštatovala".split()
    ),
    subject_pronouns=("on", "ona", "oni"),
    feminine_pronouns=frozenset({"ona"}),
    masculine_pronouns=frozenset({"on"}),
    attribution_phrases=("podľa", "slovami"),
    description_articles=("ten", "tá"),
    clause_joiners=("a", "ale", "že", "ktorý", "ktorá"),
    speech_negations=frozenset({"nie", "nikdy"}),
    naming_words=frozenset("takzvaný takzvaná zvaný zvaná názvom román kniha film slovo".split()),
)
