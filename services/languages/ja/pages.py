"""Labels that web pages in Japanese put around articles."""

COMMENT_WORDS = (
    "コメント",
    "件のコメント",
)
