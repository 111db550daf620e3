"""Rows of a table: on disk once the changelog has them, and closed after the worker's thread."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from services.dedup.storage.row_store import RowStore
from services.faust_adapter.app import StageApp
from services.faust_adapter.rocksdb_store import RebuildingStore
from services.faust_adapter.worker import build
from services.messaging.errors import TransientError
from services.messaging.records import Record
from services.processing.stage import RowChange
from services.settings import Settings


def test_the_tables_use_the_rebuilding_store(dedup: StageApp) -> None:
    assert all(isinstance(table.data, RebuildingStore) for table in dedup.tables.values())


async def test_the_tables_are_closed_after_the_worker_thread_has_ended(tmp_path: Path) -> None:
    """Until then it reads from open tables, also after Faust has stopped them."""
    dedup = build("dedup", Settings(home=tmp_path), "127.0.0.1:1")
    rows: Any = dedup._rows
    for table in dedup.tables.values():
        table.data.partition_path(0).parent.mkdir(parents=True, exist_ok=True)
    closing, reading = threading.Event(), threading.Event()
    read: list[bytes | None] = []

    def read_on() -> None:
        rows.get("articles", "en|a", 0)
        reading.set()
        closing.wait(30)
        read.extend(rows.get("articles", "en|a", 0) for _ in range(200))

    done = dedup.runner._executor.submit(read_on)
    await asyncio.to_thread(reading.wait, 30)
    for table in dedup.tables.values():
        await table.data.stop()
    closing.set()
    dedup.close()

    done.result(0)
    assert read == [None] * 200
    assert not any(table.data._dbs for table in dedup.tables.values())
    with pytest.raises(TransientError, match="closed"):
        rows.get("articles", "en|a", 0)


async def test_rows_are_on_disk_only_once_the_changelog_has_them(dedup: StageApp) -> None:
    """The local copy is therefore never ahead of what another worker would restore."""
    rows: Any = dedup._rows
    confirmed: list[asyncio.Future[Any]] = []

    class Producer:
        async def send(self, *_: object) -> asyncio.Future[Any]:
            confirmed.append(asyncio.get_running_loop().create_future())
            return confirmed[-1]

    record = Record("t", 3, 0, 0.0, b"k", b"v")
    changes = [(record, RowChange("articles", "en|a", b"row"))]
    storing = asyncio.create_task(rows.store(changes, Producer()))
    await asyncio.sleep(0.05)
    assert rows.get("articles", "en|a", 3) is None

    confirmed[0].set_result(SimpleNamespace(topic_partition=TP("c", 3), offset=7))
    await storing
    assert rows.get("articles", "en|a", 3) == b"row"
    assert rows._tables["articles"].data.persisted_offset(TP("c", 3)) == 7


class NumberingProducer:
    """Acknowledges at once, with offsets from 7 on."""

    def __init__(self) -> None:
        self.offset = 6

    async def send(self, topic: str, *_: object) -> asyncio.Future[Any]:
        self.offset += 1
        sent = asyncio.get_running_loop().create_future()
        sent.set_result(SimpleNamespace(topic_partition=TP(topic, 3), offset=self.offset))
        return sent


def _change(key: str) -> tuple[Record, RowChange]:
    return Record("t", 3, 0, 0.0, b"k", b"v"), RowChange("articles", key, b"row of " + key.encode())


async def test_rows_are_unchanged_until_another_worker_writes_some(dedup: StageApp) -> None:
    rows: Any = dedup._rows
    store = rows._tables["articles"].data
    producer = NumberingProducer()
    assert not rows.is_unchanged(3), "nothing was remembered"
    rows.remember(3)
    assert rows.is_unchanged(3)

    await rows.store([_change("en|a")], producer)
    assert rows.is_unchanged(3), "the row is this worker's own"

    producer.offset = 20
    store.set_persisted_offset(TP("c", 3), 20)  # as recovery does with each row that it reads
    assert not rows.is_unchanged(3)
    await rows.store([_change("en|b")], producer)
    assert not rows.is_unchanged(3), "an own row must not hide another worker's"
    rows.remember(3)
    assert rows.is_unchanged(3)


async def test_rows_of_a_language_are_read_from_its_partition_in_their_order(
    dedup: StageApp,
) -> None:
    rows: Any = dedup._rows
    keys = ["en|b", "de|a", "en|a", "enm|a", "zz|z"]
    await rows.store([_change(key) for key in keys], NumberingProducer())

    assert [key for key, _row in rows.items("articles", 3, "en|")] == ["en|a", "en|b"]
    assert list(rows.items("articles", 2, "en|")) == []
    assert list(rows.items("stories", 3, "en|")) == []
    assert RowStore(rows).languages(3) == ["de", "en", "enm", "zz"]
    assert rows.first_key("articles", 3, "zz}") is None
