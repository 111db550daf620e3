"""Labels that web pages in Slovak put around articles."""

COMMENT_WORDS = (
    "komentár",
    "komentáre",
    "komentárov",
)
