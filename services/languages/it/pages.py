"""Labels that web pages in Italian put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"di\s",)
LOGIN_LABELS = ("accedi",)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\biscriviti\b",
    r"\babb[oò]nati\b",
)
