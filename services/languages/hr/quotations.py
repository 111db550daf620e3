"""Croatian words that attribute a quotation to its speaker."""

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
        " najavio najavila podsetio podsjetio".split()
    ),
    subject_pronouns=("on", "ona", "oni"),
    feminine_pronouns=frozenset({"ona"}),
    masculine_pronouns=frozenset({"on"}),
    attribution_phrases=("prema riječima", "prema rečima", "po riječima", "prema"),
    description_articles=("taj", "ta"),
    clause_joiners=("i", "ali", "da", "koji", "koja"),
    speech_negations=frozenset({"ne", "nije"}),
    naming_words=frozenset(
        "takozvani takozvana zvani zvana roman knjiga film reč riječ".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
