"""Vietnamese words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "nói viết hỏi hứa kể nêu"
        ).split(),
        "cho biết", "cho hay", "khẳng định", "nhấn mạnh", "chia sẻ", "tuyên bố",
        "phát biểu", "giải thích", "cảnh báo", "bổ sung", "trả lời", "thừa nhận",
        "xác nhận", "thông báo", "nhận định", "bình luận", "lưu ý",
    ),
    subject_pronouns=("ông", "bà", "anh", "chị", "cô", "họ"),
    feminine_pronouns=frozenset({"bà", "cô", "chị"}),
    masculine_pronouns=frozenset({"ông", "anh"}),
    attribution_phrases=("theo", "theo lời"),
    description_articles=("một",),
    clause_joiners=("và", "nhưng", "rằng"),
    speech_negations=frozenset({"không", "chưa"}),
    naming_words=frozenset(
        "phim từ".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
