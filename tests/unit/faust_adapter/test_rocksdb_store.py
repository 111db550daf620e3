"""A damaged table is dropped and rebuilt; other disk errors are not taken for damage."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faust
import pytest
from faust.stores.rocksdb import Store
from faust.types import TP

from services.faust_adapter import rocksdb_store
from services.faust_adapter.rocksdb_store import RebuildingStore
from services.messaging.errors import TransientError

ROWS = {f"key {number}".encode(): bytes([number % 251]) * 200 for number in range(2000)}
OFFSET = TP("changelog", 0)


@pytest.fixture
def app(tmp_path: Path) -> faust.App:
    return faust.App("test", store=rocksdb_store.URL, datadir=str(tmp_path))


@pytest.fixture
def make(app: faust.App) -> Callable[[], RebuildingStore]:
    """A function that opens the store again at each call."""
    tables = iter(range(1000))

    def opened() -> RebuildingStore:
        table: Any = app.Table(f"t{next(tables)}", key_type=bytes, value_type=bytes, partitions=1)
        store = RebuildingStore(rocksdb_store.URL, app, table, table_name="rows")
        folder = store.partition_path(0)
        folder.parent.mkdir(parents=True, exist_ok=True)
        return store

    return opened


def filled(store: RebuildingStore) -> Path:
    """Write rows and close the store; return its folder."""
    database: Any = store._db_for_partition(0)
    for key, value in ROWS.items():
        database.put(key, value)
    store.set_persisted_offset(OFFSET, 41)
    database.flush()
    database.close()
    store._dbs.clear()
    return store.partition_path(0)


def test_undamaged_rows_are_kept(make: Callable[[], RebuildingStore]) -> None:
    filled(make())

    again = make()

    assert again.persisted_offset(OFFSET) == 41
    assert again._db_for_partition(0).get(b"key 7") == ROWS[b"key 7"]


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST*"])
def test_a_table_that_cant_be_opened_is_recreated(
    make: Callable[[], RebuildingStore], name: str
) -> None:
    """It has no stored offset, so the whole changelog is restored."""
    for path in filled(make()).glob(name):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert make().persisted_offset(OFFSET) is None


def test_unreadable_rows_are_dropped_at_the_next_start(
    make: Callable[[], RebuildingStore],
) -> None:
    """The first read raises a transient error, since the message is not at fault."""
    folder = filled(make())
    for path in folder.glob("*.sst"):
        content = bytearray(path.read_bytes())
        content[: len(content) // 2] = random.Random(1).randbytes(len(content) // 2)  # noqa: S311
        path.write_bytes(content)
    broken = make()
    database: Any = broken._db_for_partition(0)

    def read() -> None:
        with broken.translated_errors():
            for key in ROWS:
                database.get(key)

    with pytest.raises(TransientError, match="Corruption"):
        read()
    database.close()

    assert make().persisted_offset(OFFSET) is None


def test_rows_behind_a_damaged_block_are_not_taken_for_missing(
    make: Callable[[], RebuildingStore],
) -> None:
    """The iterator of rocksdict ends there without an error, and the stage would forget rows."""
    (path,) = filled(make()).glob("*.sst")
    content = bytearray(path.read_bytes())
    content[len(content) // 4] ^= 255
    path.write_bytes(content)
    broken = make()
    database: Any = broken._db_for_partition(0)

    assert 0 < sum(1 for _ in database.items()) < len(ROWS)  # if this fails, rocksdict has fixed it
    with pytest.raises(Exception, match="Corruption"):
        list(broken._visible_items(database))


async def test_the_databases_stay_open_until_the_store_is_closed(
    make: Callable[[], RebuildingStore],
) -> None:
    """Faust stops the store while the worker thread may still read."""
    filled(make())
    store = make()
    database: Any = store._db_for_partition(0)

    await store.stop()
    assert store._db_for_partition(0) is database
    store.close()

    with pytest.raises(Exception, match="closed"):
        database.get(b"key 7")
    with pytest.raises(TransientError, match="closed"):
        store._db_for_partition(0)
    assert make().persisted_offset(OFFSET) == 41, "the lock is free and the rows are kept"


def test_a_database_that_cant_be_closed_does_not_keep_the_others_open(
    make: Callable[[], RebuildingStore],
) -> None:
    """It is damaged, and dropped at the next start."""
    store = make()
    closed = []

    class Database:
        def __init__(self, error: str = "") -> None:
            self.error = error

        def close(self) -> None:
            closed.append(self)
            if self.error:
                raise Exception(self.error)  # noqa: TRY002 - as rocksdict

    databases: dict[int, Any] = {0: Database("Corruption: block checksum mismatch"), 1: Database()}
    store._dbs = dict(databases)

    store.close()

    assert closed == list(databases.values())
    assert not store._dbs
    assert store.partition_path(0).with_suffix(".damaged").exists()


def test_a_full_disk_is_not_taken_for_damage(make: Callable[[], RebuildingStore]) -> None:
    folder = filled(make())
    store = make()
    store._db_for_partition(0)

    def write() -> None:
        with store.translated_errors():
            raise Exception("IO error: No space left on device: x")  # noqa: TRY002 - as rocksdict

    with pytest.raises(TransientError, match="No space left"):
        write()

    assert not folder.with_suffix(".damaged").exists()


async def test_rows_that_cant_be_restored_stop_the_worker_once(
    make: Callable[[], RebuildingStore], app: faust.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faust's recovery logs the error and continues; the store stops the worker."""

    def full(*_: object, **__: object) -> None:
        raise Exception("IO error: No space left on device: x")  # noqa: TRY002 - as rocksdict

    reasons = []
    crash = app.crash

    async def noted(error: BaseException) -> None:
        reasons.append(error)
        await crash(error)

    monkeypatch.setattr(Store, "apply_changelog_batch", full)
    monkeypatch.setattr(app, "crash", noted)
    store = make()

    for _ in range(2):
        with pytest.raises(TransientError, match="No space left"):
            store.apply_changelog_batch([], bytes, bytes)
    await asyncio.sleep(0)
    store.apply_changelog_batch([], bytes, bytes)  # what Faust writes as it stops must not raise

    assert [str(reason) for reason in reasons] == [str(app.crash_reason)]
    assert "No space left" in str(app.crash_reason)


async def test_a_full_disk_is_reported_when_a_table_is_opened(
    make: Callable[[], RebuildingStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Exception("IO error: No space left on device: x")  # noqa: TRY002 - as rocksdict

    monkeypatch.setattr(Store, "_open_for_partition", full)

    with pytest.raises(TransientError, match="No space left"):
        await make()._try_open_db_for_partition(0)


def test_other_errors_are_raised_unchanged(make: Callable[[], RebuildingStore]) -> None:
    with pytest.raises(KeyError), make().translated_errors():
        raise KeyError("x")
