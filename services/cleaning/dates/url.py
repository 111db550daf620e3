"""Find the date in the path of a URL, and not the numbers in it that are no dates."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from schemas.article import DateSource, StatedDate
from services.cleaning.dates.stated import NO_TIME, Parts, stated_date
from services.languages.month_names import month_number

_FOLDERS = re.compile(
    r"/((?:19|20)\d{2})/(\d{1,2}|[a-z]{3,9})/(\d{1,2})(?=/|$)"
    r"|/((?:19|20)\d{2})/(\d{2})(?=/[^/])"
    r"|/((?:19|20)\d{2})-(\d{2})-(\d{2})(?=[/_-]|$)"
    r"|/((?:19|20)\d{2})(\d{2})(\d{2})(?=/|$)"
    r"|/((?:19|20)\d{2})[/-](\d{2})[/-]?(\d{2})(?=/)"
    r"|/((?:19|20)\d{2})_(\d{2})_(\d{2})(?=[/_-]|$)"
)
"""Folders that are a date, or a name that begins with one. A month needs a folder after it:
`/2031-01/` is a version or an issue."""
_DAY_FIRST = re.compile(r"/(1[3-9]|2\d|3[01])[/-](0?[1-9]|1[0-2])[/-]((?:19|20)\d{2})(?=/)")
"""Folders with the day first, where the number of the day can be no month."""
_AT_END = re.compile(
    r"[_-]((?:19|20)\d{2})-?(\d{2})-?(\d{2})(?:\.[a-z]{3,5})?/?$"
    r"|/((?:19|20)\d{2})(\d{2})(\d{2})[_-][^/]{1,300}$"
)
"""A day at the end of a name. It may be the day of the event, so it counts only if it is recent."""
_RECENT = timedelta(days=370)


def date_in_url(url: str, now: datetime) -> StatedDate | None:
    """Return the date that the path of a URL states, to the day or the month, or None."""
    path = url[:2048].partition("?")[0].partition("#")[0].lower()
    best: StatedDate | None = None
    for match in _FOLDERS.finditer(path):
        date = _date([part for part in match.groups() if part], now)
        if date and (best is None or len(date.value) > len(best.value)):
            best = date
    if best is not None:
        return best
    if day_first := _DAY_FIRST.search(path):
        return _date(list(day_first.groups()[::-1]), now)
    ending = _AT_END.search(path[-320:])
    date = _date([part for part in ending.groups() if part], now) if ending else None
    if date and datetime.fromisoformat(date.value).replace(tzinfo=now.tzinfo) < now - _RECENT:
        return None
    return date


def _date(parts: list[str], now: datetime) -> StatedDate | None:
    year, month = parts[:2]
    day = parts[2] if len(parts) > 2 else None  # noqa: PLR2004 - year, month and day
    if not month.isdigit():
        month = str(month_number(month, "en") or 0)
    of_day: Parts = (year, month, day)
    return stated_date(of_day, NO_TIME, None, DateSource.URL, now) if int(month) else None
