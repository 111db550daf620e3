"""Labels that web pages in Italian put around articles (regular expressions)."""

LOGIN_LABELS = ("accedi",)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\biscriviti\b",
    r"\babb[oò]nati\b",
)
COMMENT_WORDS = (
    "commento",
    "commenti",
)
BROADCAST_LABELS = (
    "in onda",
    "ora in onda",
    "adesso in onda",
)
