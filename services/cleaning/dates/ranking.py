"""Choose among the candidates for a date: the most trusted one, refined but never moved."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.article import Precision, StatedDate
from services.cleaning.dates.candidates import Candidate, Considered, DateChoice

_DAY_LENGTH = len("2031-05-04")
_MINUTE_LENGTH = len("2031-05-04T08:30")
_SECOND_LENGTH = len("2031-05-04T08:30:15")


def choose(candidates: Sequence[Candidate]) -> DateChoice:
    """Return the most trusted candidate, refined by the others, and the outcome of each.

    Of candidates with equal evidence the first counts.
    """
    ranked = sorted(candidates, key=lambda one: one.evidence)
    own = [one for one in ranked if one.excluded is None]
    if not own:
        return DateChoice(None, tuple(_considered(one, None, None) for one in ranked))
    best = own[0]
    date = _resolved(best.date, own[1:])
    refining: Candidate | None = None
    for other in own[1:]:
        if refines(date, other.date):
            date, refining = other.date, other
    return DateChoice(date, tuple(_considered(one, best, refining) for one in ranked))


def refines(date: StatedDate, other: StatedDate) -> bool:
    """Return whether another date states the same time more precisely.

    A day may get its time of day, a time its seconds or its offset, and a time in UTC the offset of
    the outlet. Neither the moment nor the day that is stated ever changes.
    """
    if date.relative or other.relative or other.ambiguous:
        return False
    if date.precision in (Precision.YEAR, Precision.MONTH, Precision.DAY):
        return len(other.value) > len(date.value) and other.value.startswith(date.value)
    if date.utc is not None and other.utc is not None:
        if date.utc == other.utc and date.value.endswith("+00:00"):
            same_day = other.value[:_DAY_LENGTH] == date.value[:_DAY_LENGTH]
            return same_day and not other.value.endswith("+00:00")
        longer = other.precision is Precision.SECOND and date.precision is Precision.MINUTE
        return longer and other.utc.replace(second=0) == date.utc.replace(second=0)
    if date.utc is not None:
        return False
    length = _SECOND_LENGTH if date.precision is Precision.SECOND else _MINUTE_LENGTH
    return len(other.value) > len(date.value) and other.value[:length] == date.value[:length]


def _resolved(date: StatedDate, others: Sequence[Candidate]) -> StatedDate:
    """Return an ambiguous date in the reading that another candidate confirms, if one does."""
    if not date.ambiguous:
        return date
    year, month, day = date.value[:4], date.value[5:7], date.value[8:10]
    swapped = f"{year}-{day}-{month}"
    days = {
        other.date.value[:_DAY_LENGTH]
        for other in others
        if len(other.date.value) >= _DAY_LENGTH and not other.date.ambiguous
    }
    months = {other.date.value[:7] for other in others if other.date.precision is Precision.MONTH}
    if date.value[:_DAY_LENGTH] in days or date.value[:7] in months:
        return date.model_copy(update={"ambiguous": False})
    if swapped in days or swapped[:7] in months:
        value = swapped + date.value[_DAY_LENGTH:]
        return date.model_copy(update={"ambiguous": False, "value": value, "utc": None})
    return date


def _considered(one: Candidate, best: Candidate | None, refining: Candidate | None) -> Considered:
    if one.excluded is not None:
        return Considered(one, f"not the article's: {one.excluded}")
    if one is best:
        return Considered(one, "chosen: the most trusted")
    if one is refining:
        return Considered(one, "states the same time more precisely")
    if best is not None and one.date.value[:_DAY_LENGTH] == best.date.value[:_DAY_LENGTH]:
        return Considered(one, "agrees on the day")
    return Considered(one, "differs, and is trusted less")
