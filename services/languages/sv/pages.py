"""Labels that web pages in Swedish put around articles."""

COMMENT_WORDS = (
    "kommentar",
    "kommentarer",
)
