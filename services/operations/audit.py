"""Audit delivery: compare every raw message with its outcome.

`DeliveryAudit` is given the records of the raw, enriched and dead letter topics in any order. It
stores only numbers, in a temporary database on disk. Measured on 200,000 messages of 3 KB: 164
bytes of disk and 0.1 ms of processor time per message, including the report; a million messages
take 170 MB and, besides reading them, 100 s. Memory stays below 100 MB, most of it SQLite's
cache. The audit knows records, not Kafka.

A message is identified by its partition and offset on the raw topic. Later stages identify it by
its article id and the sequence in its envelope, which is its raw offset. The revision id would not
do: it is known only after cleaning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any, Self

import orjson

from schemas.article import RawArticle
from schemas.envelope import HEARTBEAT_HEADER
from schemas.topics import RAW
from services.messaging import heartbeat, identity
from services.messaging.codec import decode
from services.messaging.dead_letters import attempts, parse
from services.messaging.errors import Rejected
from services.messaging.records import BROADCAST_HEADER, Record
from services.operations import audit_sql
from services.operations.read_progress import ReadProgress

_SHIFT = 48
"""Number of low bits of a record position that hold the offset; the higher bits hold the
partition.
"""
_MANY = 5000
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an audit. `examples` names up to ten record positions for each fault.

    `messages` is the sum of `outcomes`, `in_flight` and `lost`. `revisions` counts those that were
    enriched, and `published_again` raw messages with the content of another one. `doubled` counts
    messages and revisions with contradictory outcomes, `out_of_order` enriched messages that
    follow a later revision of their article, `redelivered` repeats of an unchanged outcome,
    `redriven` messages that were sent back from the dead letters, and `unmatched` outcomes whose
    raw message was not read, which is usually older.

    `expired` counts, by topic and partition, the messages that were deleted before their stage
    read them, and `perhaps_expired` the deleted messages of which that is not known.
    """

    messages: int
    revisions: int
    published_again: int
    unreadable: int
    outcomes: dict[str, int]
    in_flight: int
    lost: int
    doubled: int
    out_of_order: int
    redelivered: int
    redriven: int
    unmatched: int
    expired: dict[str, int]
    perhaps_expired: dict[str, int]
    examples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Return whether no message is lost, doubled, out of order or expired unread."""
        return not (self.lost or self.doubled or self.out_of_order or self.expired)

    def as_json(self) -> dict[str, Any]:
        """Return the report as a dictionary, including `holds`."""
        return {"holds": self.holds, **asdict(self)}


class DeliveryAudit:
    """Collects records and returns a `Report`. Use it as a context manager."""

    def __init__(self) -> None:
        # An empty name opens a temporary database on disk, which SQLite deletes on close.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(audit_sql.TABLES)
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}
        self._expired: dict[str, int] = {}
        self._perhaps_expired: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add_progress(self, topic: str, partition: int, progress: ReadProgress) -> None:
        """Add how far the reading stage is on a partition of its input topic."""
        name = f"{topic}/{partition}"
        if progress.expired:
            self._expired[name] = progress.expired
        if progress.perhaps_expired:
            self._perhaps_expired[name] = progress.perhaps_expired

    def add_raw(self, record: Record, *, settled: bool) -> None:
        """Add a raw message. `settled` states that cleaning has committed it.

        Heartbeats are not articles: neither they nor their dead letters are counted.
        """
        if heartbeat.sent_at(record) is not None:
            return
        position = _place(record.partition, record.offset)
        try:
            raw, _, _ = decode(RawArticle, record)
        except Rejected:
            self._add("raw", position, None, None, settled)
        else:
            key = _key(identity.article_id(raw), record.offset)
            content = _hash(identity.content_id(raw).encode())
            self._add("raw", position, key, content, settled)

    def add_in_flight(self, record: Record) -> None:
        """Add a record that a later stage has not committed yet."""
        key = _envelope_key(dict(record.headers))
        if key is not None:
            self._add("way", key)

    def add_enriched(self, record: Record) -> None:
        """Add an enriched message."""
        value = record.value or b""
        headers = dict(record.headers)
        try:
            message = orjson.loads(value)
            kind, article, revision = (
                str(message["verdict"]["kind"]),
                str(message["article_id"]),
                str(message["revision_id"]),
            )
            sequence = int(headers["ce_sequence"])
        except (ValueError, KeyError, TypeError):  # not written by Newsloom
            kind, article, revision, sequence = "unreadable", "", "", -1
        self._add(
            "outcome",
            None,
            _key(article, sequence),
            kind,
            _hash(headers.get("ce_id", b"")),
            _hash(value),
            attempts(record),
            _hash(article.encode()),
            _hash(revision.encode()),
            sequence,
            _place(record.partition, record.offset),
        )

    def add_dead_letter(self, record: Record) -> None:
        """Add a dead letter. Dead letters of broadcast copies and of heartbeats are not counted."""
        letter = parse(record)
        headers = dict(record.headers)
        if letter is None or BROADCAST_HEADER in headers or HEARTBEAT_HEADER in headers:
            return
        if letter.topic.startswith(RAW.name):  # with or without a suffix
            position, key = _place(letter.partition, letter.offset), None
        else:
            position, key = None, _envelope_key(headers)
        self._add(
            "outcome",
            position,
            key,
            f"{letter.outcome}: {letter.reason}",
            _hash(letter.id.encode()),
            _hash((record.value or b"") + letter.reason.encode()),
            letter.attempts - 1,
            None,
            None,
            None,
            _place(record.partition, record.offset),
        )

    def report(self) -> Report:
        """Return the report on all records added so far."""
        self._flush()
        self._db.executescript(audit_sql.JOIN)
        faults = {name: list(self._examples(query)) for name, query in audit_sql.FAULTS.items()}
        return Report(
            messages=self._count("SELECT count(*) FROM raw"),
            revisions=self._count("SELECT count(DISTINCT revision) FROM known"),
            published_again=self._count(audit_sql.PUBLISHED_AGAIN),
            unreadable=self._count("SELECT count(*) FROM raw WHERE content IS NULL"),
            outcomes=dict(self._db.execute(audit_sql.OUTCOMES)),
            in_flight=self._count(audit_sql.IN_FLIGHT),
            lost=self._count(audit_sql.counted("lost")),
            doubled=self._count(audit_sql.counted("doubled")),
            out_of_order=self._count(audit_sql.counted("out_of_order")),
            redelivered=self._count(audit_sql.REDELIVERED),
            redriven=self._count("SELECT count(DISTINCT position) FROM known WHERE attempt > 0"),
            unmatched=self._count("SELECT count(*) FROM outcome WHERE position IS NULL"),
            expired=self._expired,
            perhaps_expired=self._perhaps_expired,
            examples={name: found for name, found in faults.items() if found},
        )

    def _add(self, table: str, *values: Any) -> None:
        rows = self._waiting.setdefault(table, [])
        rows.append(values)
        if len(rows) >= _MANY:
            self._insert(table, rows)

    def _flush(self) -> None:
        for table, rows in self._waiting.items():
            self._insert(table, rows)

    def _insert(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._db.execute("BEGIN")
            self._db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)
            self._db.execute("COMMIT")
            rows.clear()

    def _count(self, query: str) -> int:
        (number,) = self._db.execute(query).fetchone()
        return int(number)

    def _examples(self, query: str) -> Iterator[str]:
        rows: Iterable[tuple[str, int]] = self._db.execute(f"{query} LIMIT {_SHOWN}")
        for topic, place in rows:
            yield f"{topic}/{place >> _SHIFT}/{place & ((1 << _SHIFT) - 1)}"


def _place(partition: int, offset: int) -> int:
    return partition << _SHIFT | offset


def _hash(data: bytes) -> int:
    """Return a signed 64-bit hash (of ten million, any two collide with probability 10⁻⁵)."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), signed=True)


def _key(article_id: str, sequence: int) -> int:
    return _hash(f"{article_id} {sequence}".encode())


def _envelope_key(headers: dict[str, bytes]) -> int | None:
    sequence, article = headers.get("ce_sequence", b""), headers.get("ce_subject")
    if article is None or not sequence.isdigit():
        return None
    return _key(article.decode("utf-8", "replace"), int(sequence))
