"""A folder for each worker's tables, where several workers share one disk.

RocksDB lets one process open a table. Replicas on one volume (compose), or two workers
started in one folder, each take the first numbered subfolder that nobody holds. A worker that
finds another's old rows there only has less of the changelog to read.
"""

from __future__ import annotations

import fcntl
import itertools
import os
from pathlib import Path

_held: list[int] = []
"""Open lock files; the system frees the locks when the process ends, however it ends."""


def claim(parent: Path) -> Path:
    """The first subfolder 0, 1, … that no living process holds; held until this one ends."""
    parent.mkdir(parents=True, exist_ok=True)
    for number in itertools.count():
        lock = os.open(parent / f"{number}.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            continue
        _held.append(lock)
        folder = parent / str(number)
        folder.mkdir(exist_ok=True)
        return folder
    raise AssertionError("unreachable")
