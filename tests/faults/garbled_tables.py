"""Create damaged tables of dedup, and run a process that opens and reads them as a worker does.

`python -m tests.faults.garbled_tables SECONDS TABLE…` prints one line for each table: the number
of unchanged rows, or the error that was raised. A system timer ends the process if it spends more
than SECONDS on one table.
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
"""File patterns of a RocksDB table: manifest, sorted rows, write-ahead log and options."""
RESULT = "result: "
"""Prefix of the lines about tables; other lines are the log of the store."""
_OLD_RECORD = b"crc!" + b"\x10\x00" + b"\x05" + b"x" * 40
"""A record with the type of a recycled log but without a log number. RocksDB never stops reading
it."""


def row(number: int) -> tuple[bytes, bytes]:
    """Return the key and value of a row."""
    return f"en|{number:05}".encode(), random.Random(number).randbytes(number % 900 + 10)  # noqa: S311 - nothing secret


def open_store(path: Path) -> RebuildingStore:
    """Return the store of the table `rows-0.db` in the folder `path`."""
    app = faust.App("garbled", store=rocksdb_store.URL, datadir=str(path))
    table: Any = app.Table("rows", key_type=bytes, value_type=bytes, partitions=1)
    store = RebuildingStore(rocksdb_store.URL, app, table, table_name="rows")
    store.partition_path(0).parent.mkdir(parents=True, exist_ok=True)
    return store


def make_table(path: Path) -> Path:
    """Create a table as a killed worker leaves it, and return its folder.

    Some of its rows are in row files, others only in the write-ahead log. The changelog offset
    is stored after every ten rows.
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
    damage = chance.choice(("flip", "overwrite", "truncate", "append"))
    at = chance.randrange(len(content))
    if damage == "flip":
        for _ in range(chance.choice((1, 5, 50))):
            content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    elif damage == "overwrite":
        content[at : at + 50] = chance.randbytes(50)
    elif damage == "truncate":
        del content[at:]
    else:
        content += _OLD_RECORD
    path.write_bytes(content)
    return f"{pattern} {damage}"


def has_shortened_manifest(folder: Path) -> bool:
    """Return whether RocksDB takes the MANIFEST of a table for one that ends early.

    It does so at a record whose stated length reaches beyond the end of the file, however the
    length came about: it assumes that the writer was killed there (`Reader::ReadPhysicalRecord` in
    RocksDB's log_reader.cc). A record begins with a checksum (4 bytes), its length (2) and its type
    (1), and none crosses a block of 32 KiB; the MANIFEST of these small tables is one block.
    """
    (manifest,) = folder.rglob("MANIFEST*")
    content, at = manifest.read_bytes(), 0
    while at + 7 <= len(content):
        at += 7 + int.from_bytes(content[at + 4 : at + 6], "little")
    return at != len(content)


def read_table(folder: Path) -> str:
    """Open a table for writing, read all its rows, and write to it.

    Returns `rows` with the number of rows, or `error` with the message. Raises `AssertionError`
    if a row was changed, or if a row up to the stored offset is missing: it would not be restored
    from the changelog.
    """
    store = open_store(folder)
    try:
        stored = store.persisted_offset(CHANGELOG)
        with store.translated_errors():
            database: Any = store._db_for_partition(0)
            rows = dict(store._visible_items(database))
            assert all(database.get(key) == value for key, value in rows.items())
            database.put(*row(NUMBER))
            database.flush()
    except TransientError as error:
        return f"error {error}".replace("\n", " ")
    finally:
        store.close()
    assert rows.items() <= dict(map(row, range(NUMBER))).items(), "a row has changed"
    restored_from = 0 if stored is None else stored + 1
    assert all(row(at)[0] in rows for at in range(restored_from)), "stored rows are missing"
    return f"rows {len(rows)}"


def main(seconds: float, folders: list[str]) -> None:
    """Read each table and print a line for it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for folder in folders:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            result = read_table(Path(folder))
        except AssertionError as error:
            result = f"wrong: {error}"
        print(RESULT + result, flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
