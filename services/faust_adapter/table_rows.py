"""The state of a stage in Faust tables: rows of bytes on RocksDB, with their changelog."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any, cast

import faust
from faust import streams
from faust.types import TP

from schemas.topics import STATE_TABLES, TAGGED
from services.messaging.records import Record
from services.processing.stage import RowChange


class TableRows:
    """The rows of a stage in Faust tables; safe in any thread."""

    def __init__(self) -> None:
        self._tables: dict[str, Any] = {}

    def declare(self, app: faust.App) -> None:
        """Make the tables in the app."""
        # The types alone decide the codec of store and changelog alike; a schema would
        # leave the changelog to be read as JSON, and recovery would hang.
        self._tables = {
            name: app.Table(name, key_type=bytes, value_type=bytes, partitions=TAGGED.partitions)
            for name in STATE_TABLES
        }

    def items(self) -> Iterator[tuple[str, str, bytes]]:
        """Every row of this worker's partitions: table, key, row."""
        for name, table in self._tables.items():
            with table.data.watched():
                for key, value in table.data.items():
                    yield name, key.decode(), value

    def get(self, table: str, key: str, partition: int | None) -> bytes | None:
        """A row; without `partition` all are searched."""
        data = self._tables[table].data
        here = nullcontext() if partition is None else _as_current(partition)
        with data.watched(), here:
            return cast("bytes | None", data.get(key.encode()))

    async def store(self, changes: Sequence[tuple[Record, RowChange]], producer: Any) -> None:
        """Write rows to the changelog, await it, then write them to RocksDB; `first` ones first.

        In this order the local copy never holds a row that the changelog lacks.
        """
        for first in (True, False):
            some = [(record, change) for record, change in changes if change.first is first]
            await self._store(some, producer)

    async def _store(self, changes: Sequence[tuple[Record, RowChange]], producer: Any) -> None:
        sent = [
            await producer.send(
                self._tables[change.table].changelog_topic_name,
                change.key.encode(),
                change.value,
                record.partition,
                None,
                None,
            )
            for record, change in changes
        ]
        confirmed = await asyncio.gather(*sent)
        last: dict[tuple[str, TP], int] = {}
        for (record, change), metadata in zip(changes, confirmed, strict=True):
            data = self._tables[change.table].data
            with data.watched(), _as_current(record.partition):
                if change.value is None:
                    data.pop(change.key.encode(), None)
                else:
                    data[change.key.encode()] = change.value
            last[change.table, metadata.topic_partition] = metadata.offset
        for (table, tp), offset in last.items():
            data = self._tables[table].data
            with data.watched():
                data.set_persisted_offset(tp, offset)


class _Event:
    """Just enough of a Faust event to say which partition a table access is for."""

    def __init__(self, partition: int) -> None:
        self.message = self
        self.partition = partition


class _as_current:  # noqa: N801 - a context manager reads as a phrase
    """Make table access in this block go to a partition, as inside an agent."""

    def __init__(self, partition: int) -> None:
        self._event = _Event(partition)

    def __enter__(self) -> None:
        current = cast("Any", streams)._current_event  # noqa: SLF001 - Faust offers no other way
        self._reset: Callable[[], None]
        token = current.set(lambda: self._event)
        self._reset = lambda: current.reset(token)

    def __exit__(self, *_: object) -> None:
        self._reset()
