"""Labels that web pages in Spanish put around articles (regular expressions)."""

LOGIN_LABELS = ("iniciar sesión",)
