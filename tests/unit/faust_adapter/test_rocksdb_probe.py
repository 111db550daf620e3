"""Tables that RocksDB never finishes opening are found; undamaged and truncated ones are not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rocksdict import Rdict

from services.faust_adapter import rocksdb_probe
from services.faust_adapter.rocksdb_probe import find_unopenable

OLD_RECORD = b"crc!" + b"\x10\x00" + b"\x05" + b"x" * 40
"""A record in RocksDB's log format with the type of a recycled log, but without its number."""


def table(path: Path) -> Path:
    with_rows = Rdict(str(path))
    with_rows["key"] = "value"
    with_rows.close()
    return path


def garbled(path: Path) -> Path:
    """Make a table whose MANIFEST RocksDB reads for ever."""
    (manifest,) = table(path).glob("MANIFEST*")
    manifest.write_bytes(manifest.read_bytes() + OLD_RECORD)
    return path


def test_tables_that_hang_are_found_and_those_around_them_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "v1" / "tables"
    folder.mkdir(parents=True)
    table(folder / "a-0.db"), table(folder / "b-1.db")
    stuck = [garbled(folder / "a-1.db"), garbled(folder / "b-0.db")]

    assert find_unopenable(tmp_path, deadline=1.0) == stuck


def test_damage_that_rocksdb_reports_is_left_to_the_store(tmp_path: Path) -> None:
    torn = table(tmp_path / "a-0.db")
    (torn / "CURRENT").write_bytes(b"")

    assert find_unopenable(tmp_path) == []


def test_a_table_that_kills_the_process_that_opens_it_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Assertions inside RocksDB do that."""
    deadly = table(tmp_path / "a-0.db")
    said = f"#!/bin/sh\necho {rocksdb_probe._STARTED}\nkill -6 $$\n"
    monkeypatch.setattr(sys, "executable", str(script(tmp_path / "dies", said)))

    assert find_unopenable(tmp_path) == [deadly]


def test_a_probe_that_cant_start_drops_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(tmp_path / "a-0.db")
    monkeypatch.setattr(sys, "executable", str(script(tmp_path / "ends", "#!/bin/sh\nexit 1\n")))

    assert find_unopenable(tmp_path) == []


def script(path: Path, content: str) -> Path:
    path.write_text(content)
    path.chmod(0o755)
    return path
