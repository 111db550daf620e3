"""Labels that web pages in Dutch put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"door\s",)
NEWSLETTER_LABELS = (
    r"\bnieuwsbrief",
    r"\bmeld je aan\b",
    r"\babonneer",
)
