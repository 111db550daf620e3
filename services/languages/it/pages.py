"""Labels that web pages in Italian put around articles (regular expressions)."""

LOGIN_LABELS = ("accedi",)
