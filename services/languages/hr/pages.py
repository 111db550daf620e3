"""Labels that web pages in Croatian put around articles."""

COMMENT_WORDS = (
    "komentar",
    "komentara",
    "komentari",
)
