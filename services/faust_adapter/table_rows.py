"""The state of a stage in Faust tables: rows of bytes in RocksDB, with their changelog."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any, cast

import faust
from faust import streams
from faust.types import TP

from schemas.topics import STATE_TABLES, TAGGED
from services.messaging.errors import TransientError
from services.messaging.records import Record
from services.processing.stage import RowChange


class TableRows:
    """The rows of a stage in Faust tables; may be used in any thread."""

    def __init__(self) -> None:
        self._tables: dict[str, Any] = {}

    def declare(self, app: faust.App) -> None:
        """Declare the tables in the app."""
        # The types alone determine the codec of store and changelog alike. With a schema the
        # changelog would be read as JSON, and recovery would hang.
        self._tables = {
            name: app.Table(name, key_type=bytes, value_type=bytes, partitions=TAGGED.partitions)
            for name in STATE_TABLES
        }

    def items(self) -> Iterator[tuple[str, str, bytes]]:
        """Iterate over the rows of this worker's partitions as (table, key, row)."""
        for name, table in self._tables.items():
            with table.data.translated_errors():
                for key, value in table.data.items():
                    yield name, key.decode(), value

    def get(self, table: str, key: str, partition: int | None) -> bytes | None:
        """Return a row, or None; without a `partition` all of them are searched."""
        data = self._tables[table].data
        in_partition = nullcontext() if partition is None else _current_partition(partition)
        with data.translated_errors(), in_partition:
            return cast("bytes | None", data.get(key.encode()))

    def close(self) -> None:
        """Close the tables' files; no thread may use the tables after this."""
        for table in self._tables.values():
            table.data.close()

    async def store(self, changes: Sequence[tuple[Record, RowChange]], producer: Any) -> None:
        """Write rows to the changelog, await it, then write them to RocksDB.

        Changes marked `first` are completely stored before the others. In this order the local
        copy never holds a row that the changelog lacks.
        """
        for first in (True, False):
            selected = [(record, change) for record, change in changes if change.first is first]
            await self._store(selected, producer)

    async def _store(self, changes: Sequence[tuple[Record, RowChange]], producer: Any) -> None:
        deliveries = [
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
        delivered = await asyncio.gather(*deliveries)
        self._require_growing_changelogs(changes, delivered)
        last_offsets: dict[tuple[str, TP], int] = {}
        for (record, change), metadata in zip(changes, delivered, strict=True):
            data = self._tables[change.table].data
            with data.translated_errors(), _current_partition(record.partition):
                if change.value is None:
                    data.pop(change.key.encode(), None)
                else:
                    data[change.key.encode()] = change.value
            last_offsets[change.table, metadata.topic_partition] = metadata.offset
        for (table, tp), offset in last_offsets.items():
            data = self._tables[table].data
            with data.translated_errors():
                data.set_persisted_offset(tp, offset)

    def _require_growing_changelogs(
        self, changes: Sequence[tuple[Record, RowChange]], delivered: Sequence[Any]
    ) -> None:
        """Raise `TransientError` if a changelog was made again while the worker runs.

        The rows of the old changelog and of the new one would be mixed in the local copy. The
        checkpoint stays as it is, by which the next start knows that the copy does not fit.
        """
        first_offsets: dict[tuple[str, TP], int] = {}
        for (_, change), metadata in zip(changes, delivered, strict=True):
            first_offsets.setdefault((change.table, metadata.topic_partition), metadata.offset)
        for (table, tp), offset in first_offsets.items():
            checkpoint = self._tables[table].data.persisted_offset(tp)
            if checkpoint is not None and offset <= checkpoint:
                raise TransientError(
                    f"The changelog {tp.topic}/{tp.partition} stored a new row at offset {offset}, "
                    f"before the checkpoint {checkpoint} of the local copy: it was made again. "
                    "The worker starts again and rebuilds its state."
                )


class _Event:
    """As much of a Faust event as a table needs to know the partition of an access."""

    def __init__(self, partition: int) -> None:
        self.message = self
        self.partition = partition


class _current_partition:  # noqa: N801 - a context manager reads as a phrase
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
