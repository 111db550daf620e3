"""Labels that web pages in Korean put around articles."""

COMMENT_WORDS = (
    "댓글",
    "개의 댓글",
)
