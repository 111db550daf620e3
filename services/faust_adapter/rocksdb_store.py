"""RocksDB for Faust's tables: a damaged local copy is dropped and rebuilt from the changelog.

Plain Faust raises if a table can't be opened or read. After a restart the worker would raise
again, for ever. Here a marker file beside damaged files makes the next open drop them, and the
rows are read from the changelog again.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from faust.stores import STORES
from faust.stores.rocksdb import Store
from faust.types import TP
from rocksdict import Rdict, ReadOptions

from services.messaging.errors import TransientError

log = structlog.get_logger()

URL = "newsloom-rocksdb://"
"""The store's name in Faust's settings."""

_DAMAGE = ("Corruption:", "Invalid argument:", "No such file or directory", "NotFound:")
"""What RocksDB's messages contain if its files are damaged. Other errors (a full disk, missing
rights, a lock) are not the files' fault: dropping them would not help."""


class RebuildingStore(Store):
    """The rows of a table on disk, one database a partition."""

    _crash_task: asyncio.Task[None] | None = None
    """Keeps a reference: the event loop alone would not keep the task."""
    _has_gap = False
    """Whether rows of the changelog are missing; none may be written behind them."""

    _closed = False

    async def stop(self) -> None:
        """Leave the databases open until `close`, because the worker thread may still read them.

        Faust would drop them here. The next read or write, of that thread or of a rebalance in
        progress, would open them again, and nothing would close them.
        """

    def close(self) -> None:
        """Close the databases, after every thread that uses them has ended; none is opened again.

        RocksDB's own threads end here, before the process does. A database that can't write its
        last rows is closed all the same, and the changelog has those rows.
        """
        self._closed = True
        for database in self._dbs.values():
            try:
                with self.translated_errors():
                    database.close()
            except TransientError as error:
                log.warning("state_not_flushed", error=str(error))
        self._dbs.clear()

    def _open_for_partition(self, partition: int) -> Any:
        if self._closed:
            raise TransientError("The state of dedup is closed: the worker has stopped.")
        path = self.partition_path(partition)
        if _damage_marker(path).exists():
            drop(path, "a read failed")
        try:
            return super()._open_for_partition(partition)
        except Exception as error:
            if not is_damage(error):
                raise
            drop(path, str(error))
            return super()._open_for_partition(partition)

    async def _try_open_db_for_partition(self, *args: Any, **kwargs: Any) -> Any:
        with self.translated_errors():
            return await super()._try_open_db_for_partition(*args, **kwargs)

    def persisted_offset(self, tp: TP) -> int | None:
        """Return the changelog offset up to which rows are stored.

        Raises `TransientError` if it can't be read.
        """
        with self.translated_errors():
            return super().persisted_offset(tp)

    def apply_changelog_batch(self, *args: Any, **kwargs: Any) -> None:
        """Write rows that were read from the changelog.

        If they can't be written, `TransientError` is raised and the worker stops: Faust's
        recovery would only log the error and then wait for ever for the lost rows. Nothing is
        raised while the worker is stopping, since that would keep it from stopping. The stored
        offset stays before the missing rows, and the next start reads them again.
        """
        if self._has_gap and self.app.should_stop:
            return
        try:
            with self.translated_errors():
                super().apply_changelog_batch(*args, **kwargs)
        except TransientError as error:
            self._has_gap = True
            if self.app.should_stop:
                return
            if self._crash_task is None:
                self._crash_task = asyncio.get_running_loop().create_task(self.app.crash(error))
            raise

    def drop_partition(self, partition: int, why: str) -> None:
        """Close and delete the rows of a partition; they are read from the changelog again."""
        database = self._dbs.pop(partition, None)
        if database is not None:
            database.close()
        drop(self.partition_path(partition), why)

    def _visible_items(self, db: Any) -> Iterator[tuple[bytes, bytes]]:
        return ((key, row) for key, row in checked_rows(db) if key != self.offset_key)

    def _visible_keys(self, db: Any) -> Iterator[bytes]:
        return (key for key, _row in self._visible_items(db))

    @contextmanager
    def translated_errors(self) -> Iterator[None]:
        """Raise RocksDB's errors in this block as `TransientError`: no message is at fault.

        Damaged files are marked, so that they are dropped when they are opened the next time.
        """
        try:
            yield
        except Exception as error:
            if type(error) is not Exception:  # rocksdict raises bare Exceptions, nobody else does
                raise
            if is_damage(error):
                for partition in self._dbs:
                    _damage_marker(self.partition_path(partition)).touch()
            raise TransientError(f"The state of dedup can't be used: {error}") from error


def checked_rows(
    database: Rdict, start: bytes = b"", options: ReadOptions | None = None
) -> Iterator[tuple[bytes, bytes]]:
    """Iterate over all rows of a database from the key `start` on, in the order of their keys.

    Raises RocksDB's error at a damaged block. `Rdict.items` would end there as if there were no
    more rows.
    """
    cursor = database.iter(options)
    cursor.seek(start)
    while cursor.valid():
        yield cursor.key(), cursor.value()
        cursor.next()
    cursor.status()


def drop(path: Path, why: str) -> None:
    """Delete the files of a table and log it: its rows are rebuilt from the changelog."""
    log.warning("state_dropped", path=str(path), why=why, now="read from the changelog")
    shutil.rmtree(path, ignore_errors=True)
    _damage_marker(path).unlink(missing_ok=True)


def is_damage(error: BaseException) -> bool:
    """Return whether an error of RocksDB says that the files are damaged."""
    return any(sign in str(error) for sign in _DAMAGE)


def _damage_marker(path: Path) -> Path:
    return path.with_suffix(".damaged")


STORES.aliases["newsloom-rocksdb"] = f"{__name__}:RebuildingStore"
