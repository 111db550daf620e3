"""Chinese words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "说道 说 說 說道 表示 指出 强调 強調 称 稱 告诉 告訴 补充说"
        " 補充說 解释 解釋 回答 问道 写道 寫道 宣布 警告 承认 承認 坦言"
        " 透露 认为 認為 介绍 介紹 回应 回應 呼吁 呼籲 直言 感叹 感慨 重申"
        " 声称 聲稱 发文 發文 喊道".split()
    ),
    subject_pronouns=("他", "她", "他们", "她们"),
    feminine_pronouns=frozenset({"她"}),
    masculine_pronouns=frozenset({"他"}),
    attribution_phrases=("据", "根据", "據", "根據"),
    description_articles=(),
    speech_negations=frozenset({"不", "没有"}),
    question_labels=frozenset("问 答 記者 记者 問".split()),
    naming_words=frozenset("所谓 所謂 名为 名為 题为 題為 称为 稱為 叫做".split()),
    written_without_blanks=True,
)
