"""Labels that web pages in Czech put around articles."""

COMMENT_WORDS = (
    "komentář",
    "komentáře",
    "komentářů",
)
