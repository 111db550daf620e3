"""Labels that web pages in German put around articles (regular expressions)."""

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
COMMENT_WORDS = (
    "kommentar",
    "kommentare",
    "leserkommentare",
)
BROADCAST_LABELS = (
    "jetzt auf sendung",
    "gerade auf sendung",
    "jetzt im programm",
    "läuft gerade",
    "gerade läuft",
    "jetzt läuft",
)
