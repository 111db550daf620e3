"""Labels that web pages in Catalan put around articles."""

COMMENT_WORDS = (
    "comentari",
    "comentaris",
)
