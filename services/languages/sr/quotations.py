"""Serbian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "rekao rekla rekli kaže kažu kazao kazala kazali izjavio izjavila izjavili"
        " izjavljuje dodao dodala dodali dodaje istaknuo istaknula istaknuli ističe"
        " istakao istakla naglasio naglasila naglašava objasnio objasnila objašnjava"
        " upozorio upozorila upozorava napisao napisala napisali piše odgovorio"
        " odgovorila upitao upitala pitao pitala tvrdi smatra smatraju potvrdio"
        " potvrdila priznao priznala obećao obećala poručio poručila poručuje naveo"
        " navela navodi zaključio zaključila saopštio saopštila priopćio priopćila"
        " najavio najavila podsetio podsjetio рекао рекла рекли каже кажу казао изјавио"
        " изјавила изјавили додао додала додаје истакао истакла истиче нагласио"
        " нагласила објаснио објаснила упозорио упозорила написао написала одговорио"
        " одговорила тврди сматра потврдио признао поручио поручила навео навела наводи"
        " закључио саопштио".split()
    ),
    subject_pronouns=("on", "ona", "oni", "он", "она", "они"),
    feminine_pronouns=frozenset({"ona", "она"}),
    masculine_pronouns=frozenset({"on", "он"}),
    attribution_phrases=(
        "prema", "према", "prema riječima", "prema rečima", "po riječima", "према речима",
    ),
    description_articles=("taj", "ta"),
    clause_joiners=tuple(
        "i ali da koji koja и али да који која".split()
    ),
    speech_negations=frozenset({"ne", "nije", "не", "није"}),
    naming_words=frozenset(
        "takozvani takozvana zvani zvana roman knjiga film reč riječ".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
