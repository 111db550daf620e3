"""Labels that web pages in French put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"par\s",)
AUTHOR_CONJUNCTIONS = ("et",)
UPDATE_LABELS = ("mis à jour",)
LOGIN_LABELS = ("connexion",)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\binfolettre",
    r"\b(?:inscrivez|abonnez)-vous\b",
    r"\bs['’]abonner\b",
)
