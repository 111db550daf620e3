"""German words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "januar",
    "februar",
    "märz mär mrz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober okt",
    "november",
    "dezember dez",
)

BYLINE_PREPOSITIONS = ("von",)

UPDATE_WORDS = ("aktualisiert",)

LOGIN_WORDS = ("anmelden", "einloggen")
