"""A local copy that does not fit its changelog is dropped before anything is restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from services.faust_adapter.app import StageApp
from services.faust_adapter.table_recovery import CheckedRecovery
from services.faust_adapter.worker import build
from services.messaging.errors import TransientError
from services.messaging.records import Record
from services.processing.stage import RowChange
from services.settings import Settings

CHECKPOINT = 41


@pytest.fixture
def dedup(tmp_path: Path) -> Iterator[StageApp]:
    made = build("dedup", Settings(home=tmp_path), "127.0.0.1:1")
    yield made
    made.runner.close()


class Changelog:
    """A consumer that knows the ends of a changelog."""

    def __init__(self, start: int, end: int) -> None:
        self._start, self._end = start, end

    async def earliest_offsets(self, *tps: TP) -> dict[TP, int]:
        return dict.fromkeys(tps, self._start)

    async def highwaters(self, *tps: TP) -> dict[TP, int]:
        return dict.fromkeys(tps, self._end)


def stored(dedup: StageApp) -> tuple[Any, TP]:
    """Put a row and its checkpoint on the disk; return the table and the changelog partition."""
    rows: Any = dedup._rows
    table = rows._tables["articles"]
    tp = TP(table.changelog_topic_name, 3)
    table.data._db_for_partition(3).put(b"en|a", b"row")
    table.data.set_persisted_offset(tp, CHECKPOINT)
    return table, tp


async def recovered_from(dedup: StageApp, start: int, end: int) -> tuple[Any, int]:
    """Prepare the recovery; return the row that is left and the offset to restore from."""
    table, tp = stored(dedup)
    tables: Any = dedup.tables
    recovery = tables.recovery
    recovery.add_active(table, tp)
    offsets = recovery.active_offsets
    await recovery._build_offsets(Changelog(start, end), {tp}, offsets, "active")
    return table.data._db_for_partition(3).get(b"en|a"), offsets[tp]


def test_dedup_restores_its_tables_with_the_checked_recovery(dedup: StageApp) -> None:
    tables: Any = dedup.tables

    assert isinstance(tables.recovery, CheckedRecovery)


async def test_a_copy_that_fits_is_kept(dedup: StageApp) -> None:
    assert await recovered_from(dedup, 0, 100) == (b"row", CHECKPOINT)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (0, CHECKPOINT), (CHECKPOINT + 2, 100)], ids=str
)
async def test_a_copy_that_does_not_fit_is_dropped_and_restored_from_the_start(
    dedup: StageApp, start: int, end: int
) -> None:
    assert await recovered_from(dedup, start, end) == (None, start - 1)


class Producer:
    """A producer whose changelog gives the next row this offset."""

    def __init__(self, offset: int) -> None:
        self._offset = offset

    async def send(self, topic: str, _key: bytes, _value: bytes, partition: int, *_: Any) -> Any:
        async def delivered() -> Any:
            return SimpleNamespace(topic_partition=TP(topic, partition), offset=self._offset)

        return delivered()


async def test_a_changelog_that_was_made_again_meanwhile_takes_no_row_into_the_copy(
    dedup: StageApp,
) -> None:
    table, tp = stored(dedup)
    rows: Any = dedup._rows
    changes = [(Record("t", 3, 0, 0.0, b"k", b"v"), RowChange("articles", "en|b", b"new"))]

    with pytest.raises(TransientError, match="made again"):
        await rows.store(changes, Producer(0))

    assert rows.get("articles", "en|b", 3) is None
    assert table.data.persisted_offset(tp) == CHECKPOINT, "the next start drops the copy by it"
    await rows.store(changes, Producer(CHECKPOINT + 1))
    assert rows.get("articles", "en|b", 3) == b"new"
