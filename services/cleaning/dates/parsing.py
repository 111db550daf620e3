"""Parse dates as pages write them, in the language of the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.article import DateSource, StatedDate
from services.cleaning.dates import patterns
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.stated import NO_TIME, Parts, from_unix_seconds, stated_date
from services.cleaning.dates.time_of_day import find_time
from services.languages.month_names import month_number

_MAX_LENGTH = 320
_TIME_BEFORE, _TIME_AFTER = 20, 40
"""Characters before and after a date in which its time of day may stand."""
_LAST_MONTH = 12
_STRUCTURED = (DateSource.JSON_LD, DateSource.META, DateSource.TIME_TAG)
"""Sources whose values may be numbers of seconds."""
_JOINED_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z]{2,3})")
"""Where the words of two elements without a space between them meet ("HealthMAY 4")."""
_HEBREW_IN = "\N{HEBREW LETTER BET}"
"""The preposition that Hebrew writes together with the name of a month."""
_OTHER_DIGITS = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text, with the place where it stands."""

    date: StatedDate
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    parts: Parts
    time: Parts | None = None
    """None if the time has to be searched beside the date."""
    zone: str | None = None
    ambiguous: bool = False


def parse_date(text: str, origin: DateSource, context: DateContext) -> StatedDate | None:
    """Return the first valid date in a text, or None.

    Numbers whose order of day and month the language does not tell (`5/4/2031`) are read with the
    month first and marked ambiguous.
    """
    if origin in _STRUCTURED and (seconds := patterns.UNIX.fullmatch(text)):
        return from_unix_seconds(int(seconds.group(1)), origin, context.now)
    if whole := patterns.ISO.fullmatch(text.strip()):  # nearly all metadata
        year, month, day, hour, minute, second, zone = whole.groups()
        return stated_date((year, month, day), (hour, minute, second), zone, origin, context.now)
    if origin in _STRUCTURED and text[:1].isdigit():
        text = patterns.TIME_WITHOUT_COLONS.sub(_with_colons, text)
    found = find_dates(text, origin, context)
    return found[0].date if found else None


def find_dates(text: str, origin: DateSource, context: DateContext) -> list[FoundDate]:
    """Return the valid dates in the first 320 characters of a text, in order."""
    text = normal_text(text)
    if origin is DateSource.TEXT:
        text = _JOINED_WORDS.sub(" ", text)
    if not patterns.YEAR.search(text):
        return []
    matches = sorted(_matches(text, origin, context), key=lambda one: (one.start, -one.end))
    found: list[FoundDate] = []
    end = free = 0  # from `free` on, no time belongs to an earlier date
    for number, match in enumerate(matches):
        if match.start < end:
            continue
        following = next((m.start for m in matches[number + 1 :] if m.start >= match.end), None)
        time, zone = match.time, match.zone
        if time is None:
            time, zone, after = _time_beside(text, match, free, following)
        else:
            after = False
        date = stated_date(match.parts, time, zone, origin, context.now, ambiguous=match.ambiguous)
        if date is None and match.parts[2] is not None:
            end = match.end  # a day that is impossible is no month either
        if date is not None:
            found.append(FoundDate(date, match.start, match.end))
            end = match.end
            free = (following or len(text)) if after else end
    return found


def normal_text(text: str) -> str:
    """Return the first 320 characters with single spaces, ASCII digits and ASCII minus signs."""
    text = " ".join(text[: 2 * _MAX_LENGTH].split())[:_MAX_LENGTH]
    return text if text.isascii() else _OTHER_DIGITS.sub(_ascii, text)


def _with_colons(match: re.Match[str]) -> str:
    return ":".join(part for part in match.groups() if part)


def _ascii(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\u2212":
        return "-"
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _time_beside(
    text: str, match: _Match, previous: int, following: int | None
) -> tuple[Parts, str | None, bool]:
    """Return the time beside a date, its zone, and whether it stands after the date."""
    if match.parts[2] is None:
        return NO_TIME, None, False
    stop = min(following or len(text), match.end + _TIME_AFTER)
    time, zone = find_time(text[match.end : stop])
    if time is not NO_TIME:
        return time, zone, True
    before = text[max(previous, match.start - _TIME_BEFORE) : match.start]
    return *find_time(before), False


def _matches(text: str, origin: DateSource, context: DateContext) -> Iterator[_Match]:
    yield from _numeric(text, origin)
    yield from _unix_lines(text, context)
    yield from _named(text, context)
    for pattern, groups in patterns.NUMBERED:
        for match in pattern.finditer(text):
            year, month, day = (match.group(group) for group in groups)
            yield _Match(match.start(), match.end(), (year, month, day))
    for match in patterns.NUMBERS.finditer(text):
        if numbers := _numbers(match, context):
            yield numbers


def _numeric(text: str, origin: DateSource) -> Iterator[_Match]:
    """Yield the dates of ISO 8601, with and without hyphens."""
    for pattern in (patterns.ISO, patterns.COMPACT):
        for match in pattern.finditer(text):
            if pattern is patterns.COMPACT and origin is DateSource.TEXT and match.group() != text:
                continue  # eight digits in a line are a number of anything
            year, month, day, hour, minute, second, zone = match.groups()
            time = (hour, minute, second) if hour else None if day else NO_TIME
            yield _Match(match.start(), match.end(), (year, month, day), time, zone)


def _named(text: str, context: DateContext) -> Iterator[_Match]:
    """Yield the dates with the name of a month."""
    for pattern, (year, month, day) in patterns.NAMED:
        for match in pattern.finditer(text):
            if number := _month(match.group(month), context):
                parts = (match.group(year), number, match.group(day))
                yield _Match(match.start(), match.end(), parts)
    for match in patterns.MONTH_ONLY.finditer(text):
        if number := _month(match.group(1), context):
            parts = (match.group(2), number, None)
            yield _Match(match.start(), match.end(), parts, NO_TIME)


def _unix_lines(text: str, context: DateContext) -> Iterator[_Match]:
    for match in patterns.UNIX_LINE.finditer(text):
        name, day, hour, minute, second, zone, year = match.groups()
        if number := _month(name, context):
            parts = (year, number, day)
            yield _Match(match.start(), match.end(), parts, (hour, minute, second), zone)


def _month(name: str, context: DateContext) -> str | None:
    word = name.lower().strip(".")
    number = month_number(word, context.language)
    if number is None and word[:1] == _HEBREW_IN:
        number = month_number(word[1:], "he")
    return str(number) if number else None


def _numbers(match: re.Match[str], context: DateContext) -> _Match | None:
    """Return the reading of day and month in numbers."""
    one, mark, two, year = match.groups()
    day_first, month_first = (year, two, one), (year, one, two)
    start, end = match.span()
    if int(one) > _LAST_MONTH or one == two or mark.strip() == ".":
        return _Match(start, end, day_first)
    if int(two) > _LAST_MONTH:
        return _Match(start, end, month_first)
    order = context.month_first
    if order is not None:
        return _Match(start, end, month_first if order else day_first)
    valid = [
        parts
        for parts in (month_first, day_first)
        if stated_date(parts, NO_TIME, None, DateSource.TEXT, context.now)
    ]
    if not valid:
        return None
    return _Match(start, end, valid[0], ambiguous=len(valid) > 1)
