"""Labels that web pages in Hebrew put around articles."""

COMMENT_WORDS = (
    "תגובה",
    "תגובות",
)
