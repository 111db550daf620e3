"""Labels that web pages in Hungarian put around articles."""

COMMENT_WORDS = (
    "hozzászólás",
    "hozzászólások",
    "komment",
)
