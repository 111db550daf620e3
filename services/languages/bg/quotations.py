"""Bulgarian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "каза казаха казва казват заяви заявиха заявява съобщи съобщиха съобщава добави"
        " добавиха добавя подчерта подчертаха подчертава обясни обясниха обяснява"
        " разказа разказва написа пише отговори отговаря попита пита предупреди"
        " предупредиха предупреждава смята смятат твърди твърдят призна признава"
        " потвърди потвърждава обеща посочи посочва отбеляза отбелязва уточни коментира"
        " изтъкна настоя сподели възкликна извика заключи".split()
    ),
    subject_pronouns=("той", "тя", "те"),
    feminine_pronouns=frozenset({"тя"}),
    masculine_pronouns=frozenset({"той"}),
    attribution_phrases=("според", "по думите на", "по мнението на"),
    description_articles=("този", "тази"),
    clause_joiners=("и", "но", "че", "който", "която"),
    speech_negations=frozenset({"не"}),
    naming_words=frozenset(
        "наречен наречена роман книга филм дума".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
