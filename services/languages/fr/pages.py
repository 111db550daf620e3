"""Labels that web pages in French put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"par\s",)
AUTHOR_CONJUNCTIONS = ("et",)
UPDATE_LABELS = ("mis à jour",)
LOGIN_LABELS = ("connexion",)
