"""Russian words on pages: months, bylines, updates, logins."""

from __future__ import annotations

MONTHS = (
    "января янв",
    "февраля фев",
    "марта мар",
    "апреля апр",
    "мая",
    "июня июн",
    "июля июл",
    "августа авг",
    "сентября сен",
    "октября окт",
    "ноября ноя",
    "декабря дек",
)

BYLINE_PREPOSITIONS = ("от",)

UPDATE_WORDS = ("обновлено",)

LOGIN_WORDS = ("войти",)
