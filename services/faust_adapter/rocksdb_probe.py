"""Tables that RocksDB never finishes opening, or dies of, found before the worker opens them.

With some bytes changed in its MANIFEST, RocksDB (9.8) reads one record for ever. It does so in
native code and can't be interrupted, so another process opens the tables first, to read only:
with sound tables that takes some 40 ms in all. What it is stuck in, or dies of, the app drops,
to read it from the changelog anew. Damage that RocksDB can name is the store's (`table_store`).
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rocksdict import AccessType, Rdict

DEADLINE = 20.0
"""Seconds for one table."""

_BEGUN = "begun"


def unopenable(folder: Path, deadline: float = DEADLINE) -> list[Path]:
    """Return the databases (`*.db`) in this folder that don't open.

    deadline: seconds after which a table counts as stuck
    """
    left, found = sorted(folder.rglob("*.db")), []
    while left:
        opened = _opened(left, deadline)
        if opened >= len(left):
            break
        found.append(left[opened])
        left = left[opened + 1 :]
    return found


def _opened(paths: Sequence[Path], deadline: float) -> int:
    """How many of these, from the first on, another process got done with."""
    command = [sys.executable, "-I", __file__, str(deadline), *map(str, paths)]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout  # noqa: S603 - this very file
    lines = said.decode().splitlines()
    if lines[:1] != [_BEGUN]:  # the process itself could not begin: that is no table's fault
        return len(paths)
    return len(lines) - 1


def main(deadline: float, paths: Sequence[str]) -> None:
    """Open each and say so; what RocksDB raises is left to the store that opens it to write.

    The system's own timer ends this process, which may be stuck in native code.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    print(_BEGUN, flush=True)  # noqa: T201 - read by the process that called
    for path in paths:
        signal.setitimer(signal.ITIMER_REAL, deadline)
        try:
            Rdict(path, access_type=AccessType.read_only()).close()
        except Exception as error:  # noqa: BLE001 - rocksdict raises nothing narrower
            print(type(error).__name__, flush=True)  # noqa: T201
        else:
            print("opened", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
