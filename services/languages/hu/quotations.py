"""Hungarian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "mondta mondták mondja mondják közölte közölték közli kijelentette"
        " kijelentették kijelenti hozzátette hozzátették hozzáteszi hangsúlyozta"
        " hangsúlyozták hangsúlyozza elmondta elmondták elmondja magyarázta magyarázza"
        " bejelentette bejelentették figyelmeztetett figyelmeztetette írta írták írja"
        " válaszolta válaszolt válaszolja kérdezte kérdezi állította állítja elismerte"
        " elismeri megerősítette megerősíti ígérte fogalmazott fogalmaz vélekedett véli"
        " jelezte jelzi nyilatkozta nyilatkozott kiemelte kiemeli megjegyezte kiáltotta"
        " suttogta".split()
    ),
    subject_pronouns=("ő", "ők"),
    attribution_phrases=("szerint",),
    description_articles=("a", "az", "egy"),
    clause_joiners=("és", "de", "hogy", "aki"),
    speech_negations=frozenset({"nem"}),
    naming_words=frozenset("úgynevezett nevű című regény könyv film szó".split()),
    dash_dialogue=True,
)
