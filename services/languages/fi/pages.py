"""Labels that web pages in Finnish put around articles."""

COMMENT_WORDS = (
    "kommentti",
    "kommenttia",
    "kommentit",
)
