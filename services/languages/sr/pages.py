"""Labels that web pages in Serbian put around articles."""

COMMENT_WORDS = (
    "коментар",
    "коментара",
    "коментари",
    "komentar",
    "komentara",
    "komentari",
)
