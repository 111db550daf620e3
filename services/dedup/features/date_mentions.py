"""Find the days and weekdays that an English text mentions.

Years are left out: reports of one happening name the day and seldom the year, and the times of
publication already tell years apart.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np

from services.dedup.features import tokenizer

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_CAPITALS = np.zeros(128, dtype=np.uint8)
_CAPITALS[[ord(name[0]) for name in _NAMES]] = 1
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AFTER = re.compile(r"[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)")
_BEFORE = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?$")
_MAX_CHARS = 6000
_LONGEST_MONTH = 31


def day_code(month: int, day: int) -> int:
    """Return a day of the year as month times 100 plus day."""
    return month * 100 + day


def mentioned_days(text: str) -> set[int]:
    """Return the days named with their month in the first 6,000 characters, as `day_code`."""
    text = text[:_MAX_CHARS]
    found = set()
    # Looking only at the initials of months is many times faster than a pattern.
    for at in tokenizer.marked_positions(text, _CAPITALS):
        number = _MONTHS.get(text[at : at + 3])
        if number is None:
            continue
        match = _AFTER.match(text, at + 3) or _BEFORE.search(text[max(0, at - 12) : at])
        if match and 1 <= int(match.group(1)) <= _LONGEST_MONTH:
            found.add(day_code(number, int(match.group(1))))
    return found


def mentioned_weekdays(text: str) -> set[int]:
    """Return the weekdays named in the text; Monday is 0."""
    return {number for number, name in enumerate(_WEEKDAYS) if name in text}


def latest_weekday(weekday: int, published: date) -> int:
    """Return the last such weekday up to the day of publication, as `day_code`."""
    day = published - timedelta(days=(published.weekday() - weekday) % 7)
    return day_code(day.month, day.day)
