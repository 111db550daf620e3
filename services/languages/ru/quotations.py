"""Russian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "сказал сказала сказали заявил заявила заявили сообщил сообщила сообщили отметил отметила"
        " отметили добавил добавила подчеркнул подчеркнула рассказал рассказала пояснил пояснила"
        " объяснил объяснила написал написала уточнил уточнила говорит считает утверждает ответил"
        " ответила цитирует передает указал указала".split()
    ),
    subject_pronouns=("он", "она", "они"),
    attribution_phrases=("по словам", "по мнению", "согласно"),
    description_articles=("этот", "эта"),
    clause_joiners=("и", "но", "что"),
)
