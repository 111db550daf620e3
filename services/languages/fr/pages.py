"""Labels that web pages in French put around articles (regular expressions)."""

LOGIN_LABELS = ("connexion",)
