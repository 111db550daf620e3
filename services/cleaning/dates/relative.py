"""Parse dates that state only how long ago they are, in the language of the page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache

from schemas.article import DateSource, StatedDate
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.stated import NO_TIME, stated_date
from services.languages.registry import languages

_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400, "week": 7 * 86_400}
_MAX_NUMBER = 1000
_MONTHS_A_YEAR = 12


def parse_relative(text: str, context: DateContext) -> StatedDate | None:
    """Return the first date such as "2 hours ago" in a short text, counted from `fetched_at`.

    It is marked relative; minutes and hours give a time in UTC, days and weeks a day. None if the
    text has none or it is not known when the page was fetched.
    """
    if context.fetched_at is None:
        return None
    for code in dict.fromkeys((context.language or "en", "en")):
        if (words := _pattern(code)) and (match := words.pattern.search(text.lower())):
            return _date(match, words.days, context.fetched_at.astimezone(UTC), context)
    return None


class _Words:
    """The compiled words of one language."""

    def __init__(self, code: str) -> None:
        relative = languages()[code].relative_dates
        assert relative is not None
        units = "|".join(
            f"(?P<{unit}>{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"
            for unit, words in relative.units.items()
        )
        number = "|".join((r"\d{1,3}", *map(re.escape, relative.one)))
        before = rf"(?:{relative.before})\s{{1,2}}" if relative.before else r"(?<![^\W_])"
        after = rf"\s{{0,2}}(?:{relative.after})" if relative.after else ""
        named = "|".join(map(re.escape, relative.days))
        self.days = relative.days
        self.pattern = re.compile(
            rf"{before}(?P<number>{number})\s{{0,2}}(?:{units}){after}(?!\w)"
            rf"|(?<!\w)(?P<named>{named})(?!\w)"
        )


@cache
def _pattern(code: str) -> _Words | None:
    known = languages().get(code)
    return _Words(code) if known is not None and known.relative_dates is not None else None


def _date(
    match: re.Match[str], days: dict[str, int] | object, fetched: datetime, context: DateContext
) -> StatedDate | None:
    named = match.group("named")
    if named:
        assert isinstance(days, dict)
        return _stated(fetched - timedelta(days=days[named]), "day", context)
    number = match.group("number")
    count = int(number) if number.isdigit() else 1
    unit = next(unit for unit in (*_SECONDS, "month", "year") if match.group(unit))
    if count > _MAX_NUMBER:
        return None
    if unit in _SECONDS:
        return _stated(fetched - timedelta(seconds=count * _SECONDS[unit]), unit, context)
    months = fetched.year * _MONTHS_A_YEAR + fetched.month - 1
    months -= count * (_MONTHS_A_YEAR if unit == "year" else 1)
    year, month = divmod(months, _MONTHS_A_YEAR)
    moment = fetched.replace(year=max(year, 1), month=month + 1, day=1)
    return _stated(moment, unit, context)


def _stated(moment: datetime, unit: str, context: DateContext) -> StatedDate | None:
    """Return the moment to the precision that the unit has."""
    month = None if unit == "year" else str(moment.month)
    day = None if unit in ("month", "year") else str(moment.day)
    with_time = unit in ("minute", "hour")
    time = (str(moment.hour), str(moment.minute), None) if with_time else NO_TIME
    zone = "+00:00" if with_time else None
    date = stated_date((str(moment.year), month, day), time, zone, DateSource.TEXT, context.now)
    return date.model_copy(update={"relative": True}) if date else None
