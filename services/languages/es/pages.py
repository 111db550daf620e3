"""Labels that web pages in Spanish put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"por\s",)
UPDATE_LABELS = ("actualizado",)
LOGIN_LABELS = ("iniciar sesión",)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\bbolet[ií]n",
    r"\bsuscr[ií]b",
)
