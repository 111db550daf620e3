"""The size of a fault run: short by default, full with NEWSLOOM_FAULTS=full.

NEWSLOOM_FAULT_SEED repeats a run; each test prints the seed in use.
"""

from __future__ import annotations

import os
import random

FULL = os.environ.get("NEWSLOOM_FAULTS") == "full"
SEED = int(os.environ.get("NEWSLOOM_FAULT_SEED") or random.randrange(1, 1_000_000))  # noqa: S311


def sized[T](short: T, full: T) -> T:
    """Return the value for the size of this run."""
    return full if FULL else short


def chance(row: str) -> random.Random:
    """Return the random numbers of one test, the same whether or not other tests run."""
    return random.Random(f"{SEED} {row}")  # noqa: S311 - nothing secret
