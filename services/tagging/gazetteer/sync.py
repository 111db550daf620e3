"""Keep a tagging worker's gazetteer equal to its topic, row by row, without a restart."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

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

_PATIENCE_SECONDS = 60.0


class GazetteerSync:
    """Carries rows from the topic to the gazetteer; nothing is tagged before the first full read.

    The topic is read on the event loop, and the gazetteer is changed in the thread that tags. A
    queue connects the two.
    """

    def __init__(self) -> None:
        self._changes: queue.SimpleQueue[tuple[str, GazetteerRow | None]] = queue.SimpleQueue()
        self._read_once = threading.Event()
        self._rows = metrics.GAZETTEER_ROWS.labels("tagging")

    async def run(self, bootstrap: str) -> None:
        """Follow the topic until cancelled."""
        async for record in topic_scan.follow(
            bootstrap, [GAZETTEER.name], from_start=True, caught_up=self._read_once.set
        ):
            change = _change(record)
            if change is not None:
                self._changes.put(change)

    def apply(self, gazetteer: Gazetteer) -> None:
        """Apply the waiting changes; called in the thread that tags.

        Raises `TransientError` if the topic could not be read within a minute.
        """
        if not self._read_once.wait(_PATIENCE_SECONDS):
            raise TransientError(f"{GAZETTEER.name} could not be read")
        changed = False
        for row_id, row in self._waiting():
            changed = True
            if row is None:
                gazetteer.remove(row_id)
                continue
            for reason in gazetteer.put(row):
                log.warning("gazetteer_alias_left_out", reason=reason)
        if changed:
            self._rows.set(len(gazetteer))

    def _waiting(self) -> Iterator[tuple[str, GazetteerRow | None]]:
        while True:
            try:
                yield self._changes.get_nowait()
            except queue.Empty:
                return


def _change(record: Record) -> tuple[str, GazetteerRow | None] | None:
    """Return the key and the row that a record sets, or None as the row to remove it.

    Returns None if the record is not valid.
    """
    key = (record.key or b"").decode("utf-8", "replace")
    if record.value is None:
        return (key, None) if key else None
    try:
        row = parse_row(record.value)
    except BadRowError as bad:
        log.warning("gazetteer_row_refused", key=key[:128], offset=record.offset, reason=str(bad))
        return None
    if key and key != row.id:
        log.warning("gazetteer_row_refused", key=key[:128], reason="the key is not the row's id")
        return None
    return row.id, row
