"""Size and seed of a run of the fault tests: short by default, full with NEWSLOOM_FAULTS=full.

Each test prints its seed. Set NEWSLOOM_FAULT_SEED to it to repeat the run.
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
    """Return the random generator of one test, which does not depend on which other tests run."""
    return random.Random(f"{SEED} {row}")  # noqa: S311 - nothing secret
