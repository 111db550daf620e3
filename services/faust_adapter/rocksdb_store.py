"""RocksDB for Faust's tables, where a damaged copy is dropped: the changelog has all of it.

Plain Faust raises where a table can't be opened or read; started again, the worker would
raise again, for ever. Which files are damaged is noted beside them, so that the next open
drops them and the rows are read from the changelog anew.
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

from services.messaging.errors import TransientError

log = structlog.get_logger()

URL = "newsloom-rocksdb://"
"""The store's name for Faust's setting."""

_DAMAGE = ("Corruption:", "Invalid argument:", "No such file or directory", "NotFound:")
"""What RocksDB's messages say where its files are not what they were. Others (no room, no
right, a lock) are no fault of the files: dropping them would help nobody."""


class RebuildingStore(Store):
    """A table's rows on disk, one database a partition."""

    _crashing: asyncio.Task[None] | None = None
    """Kept, as the event loop alone would not keep it."""
    _torn = False
    """Whether rows of the changelog are missing: none may be written behind them."""

    def _open_for_partition(self, partition: int) -> Any:
        path = self.partition_path(partition)
        mark = _mark(path)
        if mark.exists():
            drop(path, "a read failed")
        try:
            return super()._open_for_partition(partition)
        except Exception as error:
            if not damaged(error):
                raise
            drop(path, str(error))
            return super()._open_for_partition(partition)

    async def _try_open_db_for_partition(self, *args: Any, **kwargs: Any) -> Any:
        with self.watched():
            return await super()._try_open_db_for_partition(*args, **kwargs)

    def persisted_offset(self, tp: TP) -> int | None:
        """How far into the changelog the rows reach; `TransientError` where it can't be read."""
        with self.watched():
            return super().persisted_offset(tp)

    def apply_changelog_batch(self, *args: Any, **kwargs: Any) -> None:
        """Write rows read from the changelog.

        Where they can't be written, `TransientError` is raised and the worker stops: Faust's
        recovery only logs the error, and would wait for ever for the rows it let go. While the
        worker stops nothing is raised, as that would keep it from stopping; the offset stays
        before the missing rows, and the next start reads them again.
        """
        if self._torn and self.app.should_stop:
            return
        try:
            with self.watched():
                super().apply_changelog_batch(*args, **kwargs)
        except TransientError as error:
            self._torn = True
            if self.app.should_stop:
                return
            if self._crashing is None:
                self._crashing = asyncio.get_running_loop().create_task(self.app.crash(error))
            raise

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Make RocksDB's faults in this block a `TransientError`: no fault of a message.

        Where the files are damaged they are dropped when they are opened the next time.
        """
        try:
            yield
        except Exception as error:
            if type(error) is not Exception:  # what rocksdict raises, and nobody else does
                raise
            if damaged(error):
                for partition in self._dbs:
                    _mark(self.partition_path(partition)).touch()
            raise TransientError(f"The state of dedup can't be used: {error}") from error


def drop(path: Path, why: str) -> None:
    """Delete a table's files, and say so: its rows are read from the changelog anew."""
    log.warning("state_dropped", path=str(path), why=why, now="read from the changelog")
    shutil.rmtree(path, ignore_errors=True)
    _mark(path).unlink(missing_ok=True)


def damaged(error: BaseException) -> bool:
    """Whether the error says that the files are damaged."""
    return any(sign in str(error) for sign in _DAMAGE)


def _mark(path: Path) -> Path:
    return path.with_suffix(".damaged")


STORES.aliases["newsloom-rocksdb"] = f"{__name__}:RebuildingStore"
