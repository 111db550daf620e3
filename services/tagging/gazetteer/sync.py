"""Keep a tagging worker's gazetteer equal to the gazetteer topic, without a restart."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import aclosing

import structlog

from schemas.gazetteer import GazetteerRow
from schemas.topics import GAZETTEER
from services.kafka import topic_scan
from services.messaging.errors import TransientError
from services.messaging.records import Record
from services.observability import metrics
from services.tagging.gazetteer.file import BadRowError, parse_row
from services.tagging.gazetteer.matcher import Gazetteer

log = structlog.get_logger()

FIRST_READ_TIMEOUT_SECONDS = 60.0
"""How long tagging waits for the first complete read of the topic."""

MAX_LOGGED_KEY_CHARS = 128


class GazetteerSync:
    """Transfers changes from the gazetteer topic to the worker's gazetteer.

    `run` reads the topic on the event loop; `apply` changes the gazetteer in the thread that
    tags. A queue between them holds the changes that are not applied yet.
    """

    def __init__(self) -> None:
        self._changes: queue.SimpleQueue[tuple[str, GazetteerRow | None]] = queue.SimpleQueue()
        self._first_read_done = threading.Event()
        self._row_count = metrics.GAZETTEER_ROWS.labels("tagging")

    async def run(self, bootstrap: str) -> None:
        """Read the topic from its start and follow it until cancelled."""
        followed = topic_scan.follow(
            bootstrap, [GAZETTEER.name], from_start=True, caught_up=self._first_read_done.set
        )
        async with aclosing(followed) as records:
            async for record in records:
                change = _parse_change(record)
                if change is not None:
                    self._changes.put(change)

    def apply(self, gazetteer: Gazetteer) -> None:
        """Apply all changes read so far; call it in the thread that tags.

        The first call waits until the whole topic has been read. Raises `TransientError` where
        that takes longer than `FIRST_READ_TIMEOUT_SECONDS`.
        """
        if not self._first_read_done.wait(FIRST_READ_TIMEOUT_SECONDS):
            raise TransientError(f"{GAZETTEER.name} could not be read")
        changed = False
        for row_id, row in self._waiting_changes():
            changed = True
            if row is None:
                gazetteer.remove(row_id)
                continue
            for reason in gazetteer.put(row):
                log.warning("gazetteer_alias_left_out", reason=reason)
        if changed:
            self._row_count.set(len(gazetteer))

    def _waiting_changes(self) -> Iterator[tuple[str, GazetteerRow | None]]:
        while True:
            try:
                yield self._changes.get_nowait()
            except queue.Empty:
                return


def _parse_change(record: Record) -> tuple[str, GazetteerRow | None] | None:
    """Return the id that a record changes with its new row, which is None for a removal.

    The result is None for a record that cannot be used; the reason is logged.
    """
    key = (record.key or b"").decode("utf-8", "replace")
    if record.value is None:
        return (key, None) if key else None
    logged_key = key[:MAX_LOGGED_KEY_CHARS]
    try:
        row = parse_row(record.value)
    except BadRowError as bad:
        log.warning("gazetteer_row_refused", key=logged_key, offset=record.offset, reason=str(bad))
        return None
    if key and key != row.id:
        log.warning("gazetteer_row_refused", key=logged_key, reason="the key is not the row's id")
        return None
    return row.id, row
