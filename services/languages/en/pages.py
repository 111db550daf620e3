"""English words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "jan january",
    "feb february",
    "mar march",
    "apr april",
    "may",
    "jun june",
    "jul july",
    "aug august",
    "sep september sept",
    "oct october",
    "nov november",
    "dec december",
)

UPDATE_WORDS = ("updated", "modified", "reviewed")

LOGIN_WORDS = ("log ?in", "sign ?in")
