"""Labels that web pages in Turkish put around articles."""

COMMENT_WORDS = (
    "yorum",
    "yorumlar",
)
