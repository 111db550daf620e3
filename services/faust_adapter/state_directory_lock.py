"""Lock a directory for each worker's tables, where several workers share a disk.

RocksDB lets only one process open a table. Replicas on one volume (compose), or two workers
started in one folder, each take the first numbered subfolder that no process holds. A worker
that finds old rows of another worker there only has less of the changelog to read.
"""

from __future__ import annotations

import fcntl
import itertools
import os
from pathlib import Path

_held: list[int] = []
"""Open lock files; the system frees the locks when the process ends, however it ends."""


def claim(parent: Path) -> Path:
    """Return the first subfolder 0, 1, … that no living process holds, and lock it.

    The lock is held until this process ends.
    """
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
