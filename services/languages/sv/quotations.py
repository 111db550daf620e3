"""Swedish words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "fräser fräste suckar suckade skrattar skrattade ler log muttrar muttrade skriker skrek"
        " viskar minns mindes rasar rasade hoppas hoppades fruktar fruktade anser ansåg"
        " utbrister utbrast inflikar inflikade summerar summerade förtydligar förtydligade"
        " försäkrar försäkrade erkänner erkände klagar klagade skämtar skämtade jublar jublade"
        " vädjar vädjade uppmanar uppmanade noterar noterade beskriver beskrev resonerar"
        " resonerade intygar intygade twittrar twittrat sa sade säger sagt berättade berättar"
        " berättat förklarade förklarar tillade tillägger betonade betonar underströk"
        " understryker menade menar uppgav uppger meddelade meddelar varnade varnar skrev"
        " skriver svarade svarar frågade frågar undrade undrar hävdade hävdar medgav medger"
        " bekräftade bekräftar lovade lovar konstaterade konstaterar påpekade påpekar tyckte"
        " tycker tror trodde kommenterade kommenterar fortsatte fortsätter utropade ropade"
        " viskade twittrade krävde kräver kritiserade".split()
    ),
    subject_pronouns=("han", "hon", "de", "hen"),
    feminine_pronouns=frozenset({"hon"}),
    masculine_pronouns=frozenset({"han"}),
    attribution_phrases=("enligt", "i ord av"),
    description_articles=("den", "det", "en", "ett"),
    clause_joiners=("och", "men", "att", "som"),
    speech_negations=frozenset({"inte", "aldrig", "att"}),
    titled_things=frozenset(
        "lag plan program kampanj projekt initiativ festival utställning dokumentär serie album"
        " låt pjäs förening tidning fartyg färja restaurang hotell parti rörelse rapport studie"
        " pris".split()
    ),
    question_labels=frozenset("fråga svar".split()),
    naming_words=frozenset("så kallad kallade titeln roman bok film ordet".split()),
    dash_dialogue=True,
)
