"""Labels that web pages in Polish put around articles."""

COMMENT_WORDS = (
    "komentarz",
    "komentarze",
    "komentarzy",
)
