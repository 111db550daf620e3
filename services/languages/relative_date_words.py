"""The words by which a language states how long ago something was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeDateWords:
    """The words of one language for a distance in time before now, in lower case."""

    units: Mapping[str, tuple[str, ...]]
    """Words for `minute`, `hour`, `day`, `week`, `month` and `year`, in all their forms."""
    before: str = ""
    """What stands before number and unit, as a regular expression ("vor", "il y a")."""
    after: str = ""
    """What stands after them, as a regular expression ("ago")."""
    one: tuple[str, ...] = ()
    """Words that stand for the number 1 ("an hour ago")."""
    days: Mapping[str, int] = field(default_factory=dict)
    """Words for whole days, with how many days ago they are ("yesterday": 1)."""
