"""Labels that web pages in Romanian put around articles."""

COMMENT_WORDS = (
    "comentariu",
    "comentarii",
    "de comentarii",
)
