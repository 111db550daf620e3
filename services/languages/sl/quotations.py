"""Slovenian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "dejal dejala dejali rekel rekla rekli pravi pravijo povedal povedala povedali"
        " pove poudaril poudarila poudarili poudarja dodal dodala dodali dodaja pojasnil"
        " pojasnila pojasnili pojasnjuje opozoril opozorila opozarja zapisal zapisala"
        " zapisali odgovoril odgovorila vprašal vprašala meni trdi zatrdil zatrdila"
        " izjavil izjavila sporočil sporočila napovedal napovedala priznal priznala"
        " obljubil ocenil ocenila".split()
    ),
    subject_pronouns=("on", "ona", "oni"),
    feminine_pronouns=frozenset({"ona"}),
    masculine_pronouns=frozenset({"on"}),
    attribution_phrases=("po besedah", "po mnenju", "glede na"),
    description_articles=("ta",),
    clause_joiners=("in", "a", "ampak", "da", "ki"),
    speech_negations=frozenset({"ne", "ni"}),
    naming_words=frozenset(
        "tako imenovani imenovan imenovana naslovom roman knjiga film beseda".split()
    ),
)  # fmt: skip
