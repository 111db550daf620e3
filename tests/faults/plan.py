"""Which size the faults are run in: the short form, or with NEWSLOOM_FAULTS=full the full one.

NEWSLOOM_FAULT_SEED repeats a run; the seed in use is printed with each test.
"""

from __future__ import annotations

import os
import random

FULL = os.environ.get("NEWSLOOM_FAULTS") == "full"
SEED = int(os.environ.get("NEWSLOOM_FAULT_SEED") or random.randrange(1, 1_000_000))  # noqa: S311


def sized[T](short: T, full: T) -> T:
    """The one that this run is made in."""
    return full if FULL else short


def chance(row: str) -> random.Random:
    """A row's own source of chance, so that it can be run alone and do the same."""
    return random.Random(f"{SEED} {row}")  # noqa: S311 - nothing secret
