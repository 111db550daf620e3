"""Labels that web pages in Portuguese put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"por\s",)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\bboletim\b",
    r"\bassine\b",
    r"\binscreva-se\b",
    r"\bsubscreva\b",
)
