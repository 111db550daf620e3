"""Labels that web pages in Chinese put around articles."""

COMMENT_WORDS = (
    "评论",
    "評論",
    "条评论",
    "則評論",
    "留言",
)
