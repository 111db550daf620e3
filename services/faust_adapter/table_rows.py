"""The state of a stage in Faust tables: rows of bytes in RocksDB, with their changelog."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import faust
from faust import streams
from faust.types import TP

from schemas.topics import STATE_TABLES, TAGGED
from services.messaging.errors import TransientError
from services.messaging.records import Record
from services.processing.stage import RowChange

_UNKNOWN = -1
"""Stands for an offset that was never remembered; None is that of an empty table."""


class TableRows:
    """The rows of a stage in Faust tables; may be used in any thread."""

    def __init__(self) -> None:
        self._tables: dict[str, Any] = {}
        self._known: dict[tuple[str, int], int | None] = {}
        """By table and partition: the changelog offset of the last row that is known."""

    def declare(self, app: faust.App) -> None:
        """Declare the tables in the app."""
        # The types alone determine the codec of store and changelog alike. With a schema the
        # changelog would be read as JSON, and recovery would hang.
        self._tables = {
            name: app.Table(name, key_type=bytes, value_type=bytes, partitions=TAGGED.partitions)
            for name in STATE_TABLES
        }

    def first_key(self, table: str, partition: int, start: str) -> str | None:
        """Return the first key of a partition that is not below `start` in UTF-8, or None."""
        data = self._tables[table].data
        with data.translated_errors():
            found = data.first_key(partition, start.encode())
        return None if found is None else found.decode()

    def items(self, table: str, partition: int, prefix: str) -> Iterator[tuple[str, bytes]]:
        """Iterate over the rows of a partition whose keys begin with `prefix`, in their order."""
        data = self._tables[table].data
        with data.translated_errors():
            for key, row in data.items_from(partition, prefix.encode()):
                yield key.decode(), row

    def get(self, table: str, key: str, partition: int) -> bytes | None:
        """Return a row of a partition, or None."""
        data = self._tables[table].data
        with data.translated_errors(), _current_partition(partition):
            return cast("bytes | None", data.get(key.encode()))

    def remember(self, partition: int) -> None:
        """Remember how far a partition's rows have been written, for `is_unchanged`."""
        for table in self._tables:
            self._known[table, partition] = self._written(table, partition)

    def is_unchanged(self, partition: int) -> bool:
        """Return whether all rows of a partition that are newer than remembered are its own.

        Rows of another worker come in by recovery, and move the offset up to which rows are
        written without `store`.
        """
        return all(
            self._known.get((table, partition), _UNKNOWN) == self._written(table, partition)
            for table in self._tables
        )

    def _written(self, table: str, partition: int) -> int | None:
        """Return the changelog offset up to which a partition's rows are in RocksDB."""
        changelog = self._tables[table].changelog_topic_name
        offset: int | None = self._tables[table].data.persisted_offset(TP(changelog, partition))
        return offset

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
        unchanged = {
            (change.table, record.partition)
            for record, change in changes
            if self._known.get((change.table, record.partition), _UNKNOWN)
            == self._written(change.table, record.partition)
        }
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
            if (table, tp.partition) in unchanged:
                self._known[table, tp.partition] = offset

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
