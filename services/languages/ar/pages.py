"""Labels that web pages in Arabic put around articles."""

COMMENT_WORDS = (
    "تعليق",
    "تعليقات",
    "التعليقات",
)
