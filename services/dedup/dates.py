"""Days and weekdays that an English text mentions.

Years are left out: reports of one happening name the day, seldom the year, and the
times of publication already tell years apart.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATE = re.compile(rf"\b(?:{_MONTH}\s+{_DAY}|{_DAY}\s+{_MONTH})\b(?![:.]\d)", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)
_LOOKED_AT = 6000
_LONGEST_MONTH = 31


def day_code(month: int, day: int) -> int:
    """A day of the year as month times 100 plus day."""
    return month * 100 + day


def days(text: str) -> set[int]:
    """Days named with their month in the first 6,000 characters, as `day_code`."""
    found = set()
    for match in _DATE.finditer(text[:_LOOKED_AT]):
        month = match.group(1) or match.group(4)
        day = int(match.group(2) or match.group(3))
        if 1 <= day <= _LONGEST_MONTH:
            found.add(day_code(_MONTHS.index(month[:3].lower()) + 1, day))
    return found


def weekdays(text: str) -> set[int]:
    """Weekdays named in the text; Monday is 0."""
    return {_WEEKDAYS.index(found.lower()) for found in _WEEKDAY.findall(text)}


def recent(weekday: int, published: date) -> int:
    """The last such weekday up to the day of publication, as `day_code`."""
    day = published - timedelta(days=(published.weekday() - weekday) % 7)
    return day_code(day.month, day.day)
