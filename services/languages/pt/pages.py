"""Portuguese words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "janeiro",
    "fevereiro fev",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro set",
    "outubro out",
    "novembro",
    "dezembro dez",
)

BYLINE_PREPOSITIONS = ("por",)
