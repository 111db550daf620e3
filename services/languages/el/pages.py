"""Labels that web pages in Greek put around articles."""

COMMENT_WORDS = (
    "σχόλιο",
    "σχόλια",
)
