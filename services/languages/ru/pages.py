"""Labels that web pages in Russian put around articles (regular expressions)."""

LOGIN_LABELS = ("войти",)
