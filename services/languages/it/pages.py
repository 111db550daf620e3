"""Labels that web pages in Italian put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"di\s",)
LOGIN_LABELS = ("accedi",)
