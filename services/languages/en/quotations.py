"""English words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "said says say told tells added adds stressed stresses stated states announced announces"
        " warned warns insisted insists argued argues explained explains noted notes claimed claims"
        " replied replies asked asks admitted admits declared declares wrote writes tweeted"
        " concluded continued recalled recalls remarked quipped commented observed emphasised"
        " emphasized reiterated acknowledged confirmed confirms urged urges vowed vows promised"
        " joked answered saying adding telling writing exclaimed shouted complained predicted"
        " responded responds believes thinks maintained".split()
    ),
    subject_pronouns=("he", "she", "they"),
    attribution_phrases=("according to",),
    description_articles=("the", "a", "an", "one"),
    clause_joiners=("and", "but", "or", "who", "which", "that", "also"),
    speech_negations=frozenset("not never to can cannot could would may might n't n’t".split()),
    elisions=("em", "til", "tis", "twas", "cause", "n", "round", "bout"),
)
