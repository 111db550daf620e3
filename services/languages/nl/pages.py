"""Labels that web pages in Dutch put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"door\s",)
