"""Labels that web pages in Russian put around articles (regular expressions)."""

LOGIN_LABELS = ("войти",)
NEWSLETTER_LABELS = (
    r"\bподпи(?:шитесь|саться|ш?ись)\b",
    r"\bрассылк",
)
COMMENT_WORDS = (
    "комментарий",
    "комментария",
    "комментарии",
    "комментариев",
)
