"""Labels that web pages in Slovenian put around articles."""

COMMENT_WORDS = (
    "komentar",
    "komentarja",
    "komentarji",
    "komentarjev",
)
