"""Italian words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "gennaio genn",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre set",
    "ottobre ott",
    "novembre",
    "dicembre",
)

BYLINE_PREPOSITIONS = ("di",)

LOGIN_WORDS = ("accedi",)
