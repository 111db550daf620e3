"""Labels that web pages in Bulgarian put around articles."""

COMMENT_WORDS = (
    "коментар",
    "коментара",
    "коментари",
)
