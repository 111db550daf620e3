"""Ukrainian words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "січня січ",
    "лютого лют",
    "березня бер",
    "квітня квіт",
    "травня трав",
    "червня черв",
    "липня лип",
    "серпня серп",
    "вересня вер",
    "жовтня жовт",
    "листопада лист",
    "грудня груд",
)

LOGIN_WORDS = ("увійти",)
