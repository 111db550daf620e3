"""The words by which French says who speaks."""

from __future__ import annotations

SPEECH_VERBS = (
    "a déclaré",
    "a dit",
    "a affirmé",
    "a ajouté",
    "a expliqué",
    "a indiqué",
    "a estimé",
    "a souligné",
    "a précisé",
    "a annoncé",
    "a assuré",
    "a confié",
    "a répondu",
    "a lancé",
    "a rappelé",
    "a regretté",
    "déclare",
    "dit",
    "affirme",
    "ajoute",
    "explique",
    "indique",
    "estime",
    "souligne",
    "précise",
    "assure",
    "confie",
    "répond",
    "lance",
    "rappelle",
)
"""Verbs that mark speech, as they stand beside a quote."""

PRONOUNS = ("il", "elle", "ils", "elles", "t-il", "t-elle")
ACCORDING_TO = ("selon", "d'après", "d’après")
ARTICLES = ("le", "la", "les", "un", "une", "l'", "l’")
