"""French words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "janvier janv",
    "février févr",
    "mars",
    "avril avr",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre déc",
)

BYLINE_PREPOSITIONS = ("par",)

UPDATE_WORDS = ("mis à jour",)

LOGIN_WORDS = ("connexion",)
