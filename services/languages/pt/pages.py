"""Labels that web pages in Portuguese put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"por\s",)
