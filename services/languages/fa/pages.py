"""Labels that web pages in Persian put around articles."""

COMMENT_WORDS = (
    "نظر",
    "نظرات",
    "دیدگاه",
    "دیدگاه‌ها",
)
