"""Spanish words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "enero ene",
    "febrero",
    "marzo",
    "abril abr",
    "mayo",
    "junio",
    "julio",
    "agosto ago",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre dic",
)

BYLINE_PREPOSITIONS = ("por",)

UPDATE_WORDS = ("actualizado",)

LOGIN_WORDS = ("iniciar sesión",)
