"""Parse dates as pages write them, without guessing a time zone or the order of day and month."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from schemas.article import DateSource, Precision, StatedDate
from services.languages.registry import languages

FIRST_YEAR = 1990
"""The web is not older: an earlier date is an epoch, a default value or another kind of date."""

_MAX_AHEAD = timedelta(hours=26)
"""How far a date may lie in the future: the widest time zones plus a wrong clock."""

_MAX_LENGTH = 80
_YEAR = re.compile(r"19\d\d|20\d\d")

MONTHS = {
    name: number
    for language in languages().values()
    for number, names in enumerate(language.months, start=1)
    for name in names
}
"""Number of each month name, long and short, in all languages."""

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})(?:-(\d{1,2}))?"
    r"(?:(?:T|\s{1,3})(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?"
    r"\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?(?!\d)",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º)?\s{0,3}(?:de\s|of\s)?\s{0,2}([^\W\d_]{3,12})\.?,?"
    r"\s{0,3}(?:de\s|del\s)?((?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?<!\w)([^\W\d_]{3,12})\.?\s{0,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}((?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"(?<!\w)([^\W\d_]{3,12})\.?,?\s{1,3}((?:19|20)\d{2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d.:/-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})(?![\d:/-])")
_YEAR_SLASHES = re.compile(r"(?<![\d/])((?:19|20)\d{2})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_EAST_ASIAN = re.compile(r"((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_TIME = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3])[:.]([0-5]\d)(?::([0-5]\d))?(?![\d.])\s?([ap]\.?m\b\.?)?"
    r"\s?(Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_IN_URL = re.compile(
    r"[/_-]((?:19|20)\d{2})[/_-](\d{1,2})(?:[/_-](\d{1,2}))?(?=[/_.-]|$)"
    r"|[/_-]((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.-]|$)"
    r"|/((?:19|20)\d{2})/([a-z]{3})/(\d{1,2})/"
)


def parse_date(text: str, origin: DateSource, now: datetime) -> StatedDate | None:
    """Return the first date in a short text, or None if there is no valid one.

    Dates before `FIRST_YEAR`, after `now` or on a day that does not exist are invalid, and so
    is `5/4/2031`, which may be in April or in May.
    """
    if not _YEAR.search(text):
        return None
    text = " ".join(text[: 4 * _MAX_LENGTH].split())[:_MAX_LENGTH]
    if iso := _ISO.search(text):
        year, month, day, hour, minute, second, zone = iso.groups()
        return _stated_date((year, month, day), (hour, minute, second), zone, origin, now)
    if compact := _COMPACT.search(text):
        year, month, day, hour, minute, second, zone = compact.groups()
        return _stated_date((year, month, day), (hour, minute, second), zone, origin, now)
    found = _find_date(text)
    if found is None:
        return None
    date, rest = found
    time, zone = _find_time(rest) if date[2] else (_NO_TIME, None)
    return _stated_date(date, time, zone, origin, now)


def date_in_url(url: str, now: datetime) -> StatedDate | None:
    """Return the most precise valid date in the path of a URL, or None."""
    path = url[:2048].partition("?")[0].lower()
    best = None
    for match in _IN_URL.finditer(path):
        a, b, c, d, e, f, g, h, i = match.groups()
        parts = (a, b, c) if a else (d, e, f) if d else (g, str(MONTHS.get(h, 0)), i)
        stated = _stated_date(parts, _NO_TIME, None, DateSource.URL, now)
        if stated and (best is None or len(stated.value) > len(best.value)):
            best = stated
    return best


Parts = tuple[str | None, str | None, str | None]
_NO_TIME: Parts = (None, None, None)


def _find_date(text: str) -> tuple[Parts, str] | None:
    """Return the first date in words or numbers as year, month, day, and the text without it."""
    for pattern, order in (
        (_DAY_FIRST, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
        (_EAST_ASIAN, (1, 2, 3)),
        (_YEAR_SLASHES, (1, 2, 3)),
    ):
        for match in pattern.finditer(text):
            year, month, day = (match.group(i) for i in order)
            number = month if month.isdigit() else MONTHS.get(month.lower())
            if number:
                return (year, str(number), day), text[: match.start()] + "\n" + text[match.end() :]
    if numbers := _NUMBERS.search(text):
        one, mark, two, year = numbers.groups()
        rest = text[: numbers.start()] + "\n" + text[numbers.end() :]
        if mark == "." or int(one) > 12 or one == two:  # noqa: PLR2004 - no month has such a number
            return (year, two, one), rest
        if int(two) > 12:  # noqa: PLR2004
            return (year, one, two), rest
        return None
    for match in _MONTH_ONLY.finditer(text):
        number = MONTHS.get(match.group(1).lower())
        if number:
            return (match.group(2), str(number), None), ""
    return None


def _find_time(text: str) -> tuple[Parts, str | None]:
    match = _TIME.search(text)
    if not match:
        return _NO_TIME, None
    hour, minute, second, half, zone = match.groups()
    if half:
        if int(hour) > 12:  # noqa: PLR2004
            return _NO_TIME, None
        hour = str(int(hour) % 12 + (12 if half[0] in "pP" else 0))
    return (hour, minute, second), zone


def _stated_date(
    date: Parts, time: Parts, zone: str | None, origin: DateSource, now: datetime
) -> StatedDate | None:
    year, month, day = (int(part) if part else None for part in date)
    hour, minute, second = (int(part) if part else None for part in time)
    try:
        moment = datetime(  # noqa: DTZ001 - the zone is added below, where one is stated
            year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0
        )
    except ValueError:
        return None
    if year is None or year < FIRST_YEAR:
        return None
    offset = _parse_offset(zone) if zone and hour is not None else None
    utc = None if offset is None else moment.replace(tzinfo=UTC) - offset
    if (utc or moment.replace(tzinfo=UTC)) > now + _MAX_AHEAD:
        return None
    value, precision = _format(moment, month, day, hour, second)
    if offset is not None:
        value += _format_offset(offset)
    return StatedDate(value=value, precision=precision, origin=origin, utc=utc)


def _format(
    moment: datetime, month: int | None, day: int | None, hour: int | None, second: int | None
) -> tuple[str, Precision]:
    if month is None:
        return f"{moment:%Y}", Precision.YEAR
    if day is None:
        return f"{moment:%Y-%m}", Precision.MONTH
    if hour is None:
        return f"{moment:%Y-%m-%d}", Precision.DAY
    if second is None:
        return f"{moment:%Y-%m-%dT%H:%M}", Precision.MINUTE
    return f"{moment:%Y-%m-%dT%H:%M:%S}", Precision.SECOND


def _parse_offset(zone: str) -> timedelta | None:
    if zone[0] not in "+-":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:  # noqa: PLR2004 - no time zone has a larger offset
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if zone[0] == "-" else offset


def _format_offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
