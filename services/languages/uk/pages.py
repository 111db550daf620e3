"""Labels that web pages in Ukrainian put around articles (regular expressions)."""

LOGIN_LABELS = ("увійти",)
NEWSLETTER_LABELS = (
    r"\bпідпи(?:шіться|сатися)\b",
    r"\bрозсилк",
)
COMMENT_WORDS = (
    "коментар",
    "коментаря",
    "коментарі",
    "коментарів",
)
