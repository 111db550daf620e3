"""Find the time of day beside a date, with its offset from UTC."""

from __future__ import annotations

import re

from services.cleaning.dates.stated import NO_TIME, Parts

_NOON = 12
_HOUR = r"([01]?\d|2[0-3])"
_HALF = r"\s?([ap]\.?\s?m\b\.?)?"
_ZONE = (
    r"(?:\s{0,2}\(?(?:(?P<name>Z\b|UTC|GMT)\s?(?P<of_name>[+-]\d{1,2}(?::?\d{2})?(?!\d))?(?!\w)"
    r"|(?P<offset>[+-]\d{2}:?\d{2}|[+-]\d{2})(?!\d)))?"
)
_CLOCK = re.compile(
    rf"(?<![\d:.,/-]){_HOUR}[:.]([0-5]\d)(?::([0-5]\d)(?:[.,]\d{{1,9}})?)?(?![\d:/]|\.\d){_HALF}{_ZONE}",
    re.IGNORECASE,
)
_WITH_LETTER = re.compile(  # 08h30, 8 h 05, 20h, 18 Uhr 30
    rf"(?<![\d:.,/-]){_HOUR}\s?(?:h|Uhr)\s?([0-5]\d)?(?:\s?min)?(?!\w){_ZONE}", re.IGNORECASE
)
_HOUR_ALONE = re.compile(rf"(?<![\d:.,/-])(1[0-2]|0?[1-9])\s?([ap]\.?m\b\.?){_ZONE}", re.IGNORECASE)
_EAST_ASIAN = re.compile(
    r"(오전|오후|上午|下午|午前|午後|晚上|凌晨|早上)?\s?([01]?\d|2[0-3])\s?[時时点點시:]\s?([0-5]\d)"
)
_AFTERNOON = ("오후", "下午", "午後", "晚上")


def find_time(text: str) -> tuple[Parts, str | None]:
    """Return hour, minute and second of the first time in a text, and its zone; None if absent.

    The zone is as `stated_date` takes it. Names other than UTC and GMT are no zones: several
    zones of the world share each of them.
    """
    if match := _EAST_ASIAN.search(text):
        half, hour, minute = match.groups()
        if half or match.group()[-3] != ":":
            return (_hour(hour, afternoon=half in _AFTERNOON if half else None), minute, None), None
    if match := _CLOCK.search(text):
        hour, minute, second, half = match.groups()[:4]
        if half and int(hour) > _NOON:
            return NO_TIME, None
        return (_of_half(hour, half), minute, second), _zone(match)
    if match := _WITH_LETTER.search(text):
        hour, minute = match.groups()[:2]
        return (hour, minute or "00", None), _zone(match)
    if match := _HOUR_ALONE.search(text):
        hour, half = match.groups()[:2]
        return (_of_half(hour, half), "00", None), _zone(match)
    return NO_TIME, None


def _of_half(hour: str, half: str | None) -> str:
    return _hour(hour, afternoon=half[0] in "pP" if half else None)


def _hour(hour: str, *, afternoon: bool | None) -> str:
    if afternoon is None or int(hour) > _NOON:
        return hour
    return str(int(hour) % _NOON + (_NOON if afternoon else 0))


def _zone(match: re.Match[str]) -> str | None:
    return match.group("of_name") or match.group("name") or match.group("offset")
