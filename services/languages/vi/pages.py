"""Labels that web pages in Vietnamese put around articles."""

COMMENT_WORDS = ("bình luận",)
