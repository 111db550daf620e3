"""Parse dates that state only how long ago they are, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache

from schemas.article import DateSource, StatedDate
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.stated import NO_TIME, stated_date
from services.languages.registry import languages

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 7 * 86_400}
_MAX_NUMBER = 1000
_MONTHS_A_YEAR = 12


def parse_relative(text: str, context: DateContext) -> StatedDate | None:
    """Return the first date such as "2 hours ago" in a short text, counted from `fetched_at`.

    It is marked relative; seconds, minutes and hours give a time in UTC, days and weeks a day. None
    if the text has none or it is not known when the page was fetched.
    """
    if context.fetched_at is None:
        return None
    for code in dict.fromkeys((context.language or "en", "en")):
        if (words := _pattern(code)) and (match := words.pattern.search(text.lower())):
            return _date(match, words, context.fetched_at.astimezone(UTC), context)
    return None


def is_day_name(text: str, context: DateContext) -> bool:
    """Return whether a text is no more than the name of a day, such as "Yesterday"."""
    known = (_pattern(code) for code in (context.language or "en", "en"))
    return any(words is not None and text.strip(" .:").lower() in words.days for words in known)


class _Words:
    """The compiled words of one language."""

    def __init__(self, code: str) -> None:
        relative = languages()[code].relative_dates
        assert relative is not None
        units = _groups(relative.units, "")
        pairs = _groups(relative.pairs, "two_") or "(?!)"
        counts = sorted(map(re.escape, relative.numbers), key=len, reverse=True)
        number = "|".join((r"\d{1,3}", *counts, *map(re.escape, relative.one)))
        if relative.unit_alone:
            number += "|"
        before = rf"(?:{relative.before})\s{{1,2}}" if relative.before else r"(?<![^\W_])"
        after = rf"\s{{0,2}}(?:{relative.after})" if relative.after else ""
        if relative.before_or_after:
            before, after = (
                rf"(?:(?P<before>{relative.before})\s{{1,2}}|(?<![^\W_]))",
                (rf"(?(before)|\s{{0,2}}(?:{relative.after}))"),
            )
        named = "|".join(map(re.escape, relative.days))
        self.days = relative.days
        self.numbers = relative.numbers
        self.pattern = re.compile(
            rf"{before}(?:(?P<number>{number})\s{{0,2}}(?:{units})|{pairs}){after}(?!\w)"
            rf"|(?<!\w)(?P<named>{named})(?!\w)"
        )


def _groups(words: Mapping[str, tuple[str, ...]], prefix: str) -> str:
    """Return a pattern with a group for each unit, named after it."""
    return "|".join(
        f"(?P<{prefix}{unit}>{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})"
        for unit, forms in words.items()
    )


@cache
def _pattern(code: str) -> _Words | None:
    known = languages().get(code)
    return _Words(code) if known is not None and known.relative_dates is not None else None


def _date(
    match: re.Match[str], words: _Words, fetched: datetime, context: DateContext
) -> StatedDate | None:
    named = match.group("named")
    if named:
        return _stated(fetched - timedelta(days=words.days[named]), "day", context)
    if pair := next(
        (name for name in match.re.groupindex if name[:4] == "two_" and match[name]), ""
    ):
        return _before(fetched, 2, pair.removeprefix("two_"), context)
    number = match.group("number")
    count = int(number) if number.isdigit() else words.numbers.get(number, 1)
    unit = next(unit for unit in (*_SECONDS, "month", "year") if match.groupdict().get(unit))
    return _before(fetched, count, unit, context) if count <= _MAX_NUMBER else None


def _before(fetched: datetime, count: int, unit: str, context: DateContext) -> StatedDate | None:
    """Return the date that lies a number of units before the visit."""
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
    with_time = unit in ("second", "minute", "hour")
    time = (str(moment.hour), str(moment.minute), None) if with_time else NO_TIME
    zone = "+00:00" if with_time else None
    date = stated_date((str(moment.year), month, day), time, zone, DateSource.TEXT, context.now)
    return date.model_copy(update={"relative": True}) if date else None
