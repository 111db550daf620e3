"""Tables of dedup with damaged files, and a process that opens and reads them as a worker does.

`python -m tests.faults.garbled_tables SECONDS TABLE…` prints one line for each table: the number
of rows that are as they were written, or the error that was raised. The system's timer ends it if
a table takes more than SECONDS.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import faust
from faust.types import TP

from services.faust_adapter import rocksdb_store
from services.faust_adapter.rocksdb_store import RebuildingStore
from services.messaging.errors import TransientError

NUMBER = 400
CHANGELOG = TP("changelog", 0)
FILES = ("MANIFEST*", "CURRENT", "*.sst", "*.log", "OPTIONS*")
"""The files of a table: which of them belong to it, tables of rows, the log of late writes."""
RESULT = "result: "
"""How the lines about tables begin; others are the store's log."""
_OLD_RECORD = b"crc!" + b"\x10\x00" + b"\x05" + b"x" * 40
"""A record with the type of a recycled log, but without its number: RocksDB reads it for ever."""


def row(number: int) -> tuple[bytes, bytes]:
    """Return the key and value of a row."""
    return f"en|{number:05}".encode(), random.Random(number).randbytes(number % 900 + 10)  # noqa: S311 - nothing secret


def open_store(path: Path) -> RebuildingStore:
    """Return the store of the table `rows-0.db` that lies in the folder `path`."""
    app = faust.App("garbled", store=rocksdb_store.URL, datadir=str(path))
    table: Any = app.Table("rows", key_type=bytes, value_type=bytes, partitions=1)
    store = RebuildingStore(rocksdb_store.URL, app, table, table_name="rows")
    store.partition_path(0).parent.mkdir(parents=True, exist_ok=True)
    return store


def make_table(path: Path) -> Path:
    """Make a table as a killed worker leaves it, with rows in files and in the log; return it.

    After each ten rows their offset in the changelog is stored.
    """
    store = open_store(path / "running")
    database: Any = store._db_for_partition(0)
    for number in range(NUMBER):
        database.put(*row(number))
        if number % 10 == 9:
            store.set_persisted_offset(CHANGELOG, number)
        if number in (150, 300):
            database.flush()
    database.flush_wal(sync=True)
    killed = path / "killed"
    shutil.copytree(path / "running", killed)
    store.close()
    return killed


def garble(folder: Path, number: int, chance: random.Random) -> str:
    """Damage one file of the table in a folder; return the file's pattern and the damage."""
    pattern = FILES[number % len(FILES)]
    files = sorted(path for path in folder.rglob(pattern) if path.parent.suffix == ".db")
    path = chance.choice([file for file in files if file.stat().st_size])
    content = bytearray(path.read_bytes())
    how = chance.choice(("flip", "overwrite", "truncate", "append"))
    at = chance.randrange(len(content))
    if how == "flip":
        for _ in range(chance.choice((1, 5, 50))):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    elif how == "overwrite":
        content[at : at + 50] = chance.randbytes(50)
    elif how == "truncate":
        del content[at:]
    else:
        content += _OLD_RECORD
    path.write_bytes(content)
    return f"{pattern} {how}"


def read_table(folder: Path) -> str:
    """Open a table for writing, read all its rows, and write to it; return what was found.

    Raises `AssertionError` if a row is not as it was written, or if one is missing that is not
    behind the stored offset, and would not be restored.
    """
    store = open_store(folder)
    try:
        stored = store.persisted_offset(CHANGELOG)
        with store.translated_errors():
            database: Any = store._db_for_partition(0)
            found = dict(store._visible_items(database))
            assert all(database.get(key) == value for key, value in found.items())
            database.put(*row(NUMBER))
            database.flush()
    except TransientError as error:
        return f"error {error}".replace("\n", " ")
    finally:
        store.close()
    assert found.items() <= dict(map(row, range(NUMBER))).items(), "a row was changed"
    restored_from = 0 if stored is None else stored + 1
    assert all(row(at)[0] in found for at in range(restored_from)), "rows are missing"
    return f"rows {len(found)}"


def main(seconds: float, folders: list[str]) -> None:
    """Read each table and print a line for it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for folder in folders:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            found = read_table(Path(folder))
        except AssertionError as error:
            found = f"wrong: {error}"
        print(RESULT + found, flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
