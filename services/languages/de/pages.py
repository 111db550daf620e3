"""Labels that web pages in German put around articles (regular expressions)."""

LOGIN_LABELS = (
    "anmelden",
    "einloggen",
)
