"""Find tables that RocksDB never finishes opening, or crashes on, before the worker opens them.

With some bytes changed in its MANIFEST, RocksDB (9.8) reads one record again and again. It does
so in native code and can't be interrupted. So another process opens the tables first, read-only
(some 40 ms in all for sound tables). A table on which that process hangs or dies is dropped by
the app and rebuilt from the changelog. Damage that RocksDB reports is handled by
`rocksdb_store.py`.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rocksdict import AccessType, Rdict

DEADLINE = 20.0
"""Seconds that the opening of one table may take."""

_STARTED = "started"


def find_unopenable(folder: Path, deadline: float = DEADLINE) -> list[Path]:
    """Return the databases (`*.db`) below `folder` that don't open within `deadline` seconds."""
    remaining, unopenable = sorted(folder.rglob("*.db")), []
    while remaining:
        opened = _count_opened(remaining, deadline)
        if opened >= len(remaining):
            break
        unopenable.append(remaining[opened])
        remaining = remaining[opened + 1 :]
    return unopenable


def _count_opened(paths: Sequence[Path], deadline: float) -> int:
    """Return how many tables, from the first on, another process could open."""
    command = [sys.executable, "-I", __file__, str(deadline), *map(str, paths)]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout  # noqa: S603 - this very file
    lines = output.decode().splitlines()
    if lines[:1] != [_STARTED]:  # the process itself could not start: no table is at fault
        return len(paths)
    return len(lines) - 1


def main(deadline: float, paths: Sequence[str]) -> None:
    """Open each table and print a line for it.

    An error that RocksDB raises counts as opened: the store that opens the table for writing
    handles it. The system's timer ends this process if it hangs in native code.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    print(_STARTED, flush=True)  # noqa: T201 - read by the calling process
    for path in paths:
        signal.setitimer(signal.ITIMER_REAL, deadline)
        try:
            Rdict(path, access_type=AccessType.read_only()).close()
        except Exception as error:  # noqa: BLE001 - rocksdict raises nothing narrower
            print(type(error).__name__, flush=True)  # noqa: T201 - as above
        else:
            print("opened", flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
