"""Labels that web pages in German put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"von\s",)
AUTHOR_CONJUNCTIONS = ("und",)
UPDATE_LABELS = ("aktualisiert",)
LOGIN_LABELS = (
    "anmelden",
    "einloggen",
)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\babonnier",
    r"\bjetzt anmelden\b",
    r"\bregistrier",
)
