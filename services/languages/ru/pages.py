"""Labels that web pages in Russian put around articles (regular expressions)."""

BYLINE_PREFIXES = (r"от\s",)
UPDATE_LABELS = ("обновлено",)
LOGIN_LABELS = ("войти",)
NEWSLETTER_LABELS = (
    r"\bподпи(?:шитесь|саться|ш?ись)\b",
    r"\bрассылк",
)
