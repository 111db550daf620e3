"""Labels that web pages in Norwegian put around articles."""

COMMENT_WORDS = (
    "kommentar",
    "kommentarer",
)
