"""Indonesian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "kata ujar tutur ucap ungkap jelas tegas tambah sebut papar terang imbuh lanjut"
        " tulis berkata mengatakan menyatakan menjelaskan menambahkan menegaskan"
        " menuturkan mengungkapkan menyebut menyebutkan memaparkan memperingatkan"
        " menulis menjawab bertanya mengaku mengakui mengklaim membenarkan berjanji"
        " mengumumkan menyampaikan katanya ujarnya tuturnya ucapnya jelasnya tegasnya"
        " tambahnya".split()
    ),
    subject_pronouns=("dia", "ia", "mereka"),
    attribution_phrases=("menurut",),
    description_articles=("seorang",),
    clause_joiners=("dan", "tetapi", "tapi", "bahwa", "yang"),
    speech_negations=frozenset({"tidak", "bukan", "belum"}),
    naming_words=frozenset({"disebut", "bernama", "berjudul", "novel", "buku", "film"}),
)
