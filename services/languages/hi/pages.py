"""Labels that web pages in Hindi put around articles."""

COMMENT_WORDS = (
    "टिप्पणी",
    "टिप्पणियाँ",
    "टिप्पणियां",
)
