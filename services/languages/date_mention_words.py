"""The words by which a language names a day of the year or a weekday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMentionWords:
    """The words of one language for days, as they stand in a text, with their capital letters."""

    month_prefixes: Mapping[str, int]
    """The first three letters of each month's name, with the number of the month."""
    month_letters: str
    """Letters that may follow a month's prefix, as the inside of a regular expression's `[...]`."""
    ordinal_suffixes: tuple[str, ...]
    """What may follow the digits of a day: `th` in "4th"."""
    day_month_words: tuple[str, ...]
    """Words that may stand between a day and its month: `of` in "4th of May"."""
    weekdays: tuple[str, ...]
    """The seven weekdays, Monday first."""
