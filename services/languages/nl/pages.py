"""Labels that web pages in Dutch put around articles (regular expressions)."""

NEWSLETTER_LABELS = (
    r"\bnieuwsbrief",
    r"\bmeld je aan\b",
    r"\babonneer",
)
COMMENT_WORDS = (
    "reactie",
    "reacties",
)
