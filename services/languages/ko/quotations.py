"""Korean words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "말했다 말한다 말하며 밝혔다 밝힌다 밝히며 전했다 설명했다 설명한다"
        " 강조했다 강조하며 덧붙였다 지적했다 주장했다 답했다 물었다 적었다"
        " 썼다 발표했다 경고했다 인정했다 호소했다 당부했다 언급했다 했다 라며"
        " 라고 이라고 이라며".split()
    ),
    subject_pronouns=("그는", "그녀는", "그들은"),
    feminine_pronouns=frozenset({"그녀는"}),
    masculine_pronouns=frozenset({"그는"}),
    attribution_phrases=("에 따르면",),
    description_articles=(),
    naming_words=frozenset({"이른바", "소위", "제목의", "이라는"}),
)
