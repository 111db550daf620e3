"""Dutch words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "januari",
    "februari",
    "maart mrt",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

BYLINE_PREPOSITIONS = ("door",)
