"""Japanese words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "語った 語る 述べた 述べる 話した 話す 話している 語っている 言った"
        " 言う 明らかにした 説明した 説明する 強調した 指摘した 答えた 尋ねた"
        " 発表した 訴えた 呼びかけた 書いた 投稿した 主張した 認めた 警告した"
        " コメントした 付け加えた 振り返った 叫んだ とした 述べている".split()
    ),
    subject_pronouns=("彼", "彼女", "同氏"),
    feminine_pronouns=frozenset({"彼女"}),
    masculine_pronouns=frozenset({"彼"}),
    attribution_phrases=("によると", "によれば"),
    description_articles=(),
    question_labels=frozenset("問 答 記者".split()),
    naming_words=frozenset({"いわゆる", "題した", "題する", "という"}),
    written_without_blanks=True,
)
