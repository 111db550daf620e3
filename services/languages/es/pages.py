"""Labels that web pages in Spanish put around articles (regular expressions)."""

LOGIN_LABELS = ("iniciar sesión",)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\bbolet[ií]n",
    r"\bsuscr[ií]b",
)
COMMENT_WORDS = (
    "comentario",
    "comentarios",
)
BROADCAST_LABELS = (
    "en el aire",
    "al aire",
    "al aire ahora",
    "en antena",
    "ahora en antena",
    "suena ahora",
)
