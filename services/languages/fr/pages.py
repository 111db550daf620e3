"""Labels that web pages in French put around articles (regular expressions)."""

LOGIN_LABELS = ("connexion",)
NEWSLETTER_LABELS = (
    r"\bnewsletter",
    r"\binfolettre",
    r"\b(?:inscrivez|abonnez)-vous\b",
    r"\bs['’]abonner\b",
)
COMMENT_WORDS = (
    "commentaire",
    "commentaires",
)
BROADCAST_LABELS = (
    "à l'antenne",
    "à l’antenne",
    "en ce moment à l’antenne",
    "en ce moment à l'antenne",
    "vous écoutez",
)
