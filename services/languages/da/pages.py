"""Labels that web pages in Danish put around articles."""

COMMENT_WORDS = (
    "kommentar",
    "kommentarer",
)
