"""Labels that web pages in Portuguese put around articles (regular expressions)."""

NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\bboletim\b",
    r"\bassine\b",
    r"\binscreva-se\b",
    r"\bsubscreva\b",
)
COMMENT_WORDS = (
    "comentário",
    "comentários",
)
BROADCAST_LABELS = (
    "no ar",
    "agora no ar",
    "a tocar agora",
    "tocando agora",
)
