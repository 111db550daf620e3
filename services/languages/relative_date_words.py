"""The words by which a language states how long ago something was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeDateWords:
    """The words of one language for a distance in time before now, in lower case."""

    units: Mapping[str, tuple[str, ...]]
    """By unit (`second` to `year`), the words for it in all their forms."""
    before: str = ""
    """What stands before number and unit, as a regular expression ("vor", "il y a")."""
    after: str = ""
    """What stands after them, as a regular expression ("ago")."""
    before_or_after: bool = False
    """Whether one of `before` and `after` is enough."""
    unit_alone: bool = False
    """Whether the unit alone stands for one of it ("godzinę temu")."""
    pairs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By unit, the words that stand for two of it."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Words for numbers above 1."""
    one: tuple[str, ...] = ()
    """Words that stand for the number 1 ("an hour ago")."""
    days: Mapping[str, int] = field(default_factory=dict)
    """Words for whole days, with how many days ago they are ("yesterday": 1)."""
