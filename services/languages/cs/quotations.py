"""Czech words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "řekl řekla řekli říká říkají uvedl uvedla uvedli uvádí dodal dodala dodali"
        " dodává prohlásil prohlásila prohlásili vysvětlil vysvětlila vysvětluje oznámil"
        " oznámila oznámili sdělil sdělila sdělili zdůraznil zdůraznila zdůrazňuje"
        " varoval varovala varuje napsal napsala napsali píše odpověděl odpověděla"
        " odpovídá zeptal zeptala ptá tvrdí potvrdil potvrdila přiznal přiznala slíbil"
        " slíbila poznamenal poznamenala myslí domnívá podotkl podotkla upozornil"
        " upozornila popsal popsala vzkázal vzkázala komentoval komentovala zvolal"
        " zakřičel".split()
    ),
    subject_pronouns=("on", "ona", "oni"),
    feminine_pronouns=frozenset({"ona"}),
    masculine_pronouns=frozenset({"on"}),
    attribution_phrases=("podle", "dle", "slovy"),
    description_articles=("ten", "ta"),
    clause_joiners=("a", "ale", "že", "který", "která"),
    speech_negations=frozenset({"ne", "nikdy"}),
    naming_words=frozenset("takzvaný takzvaná zvaný zvaná názvem román kniha film slovo".split()),
)
