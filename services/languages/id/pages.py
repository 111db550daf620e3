"""Labels that web pages in Indonesian put around articles."""

COMMENT_WORDS = ("komentar",)
