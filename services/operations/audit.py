"""The account of what was promised: each message that came in, and what became of it.

`Ledger` is fed the records of the raw, enriched and dead-letter topics in any order and
keeps numbers alone, in a temporary database on disk. Measured on 200,000 messages of 3 KB:
164 bytes of disk and 0.1 ms of processor time a message, the closing of the account
included, so a million cost 170 MB and, beside reading them, 100 s; memory stays below
100 MB, most of it SQLite's cache. It knows records, not Kafka.

A message is known by its place on the raw topic. Later stages name it by its revision and
the sequence in its envelope, which is its raw offset.
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

_SHIFT = 48
"""Bits of a place that hold the offset; those above hold the partition."""
_MANY = 5000
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found; `examples` names up to ten places for each fault.

    `messages` = the sum of `outcomes`, `in_flight` and `lost`. `doubled` counts messages and
    revisions with answers that contradict each other, `out_of_order` enriched messages that
    come after a later revision of their article, `redelivered` outcomes that lie there
    again unchanged, `redriven` messages that were sent back from the dead letters,
    `unmatched` outcomes without a message among those read: older ones, as a rule.
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
    examples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the promise holds: nothing lost, doubled or out of order."""
        return not (self.lost or self.doubled or self.out_of_order)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data, `holds` included."""
        return {"holds": self.holds, **asdict(self)}


class Ledger:
    """Takes records, answers with a `Report`; use it as a context manager."""

    def __init__(self) -> None:
        # An empty name is SQLite's temporary database: on disk, gone when it is closed.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(audit_sql.TABLES)
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def take_raw(self, record: Record, *, settled: bool) -> None:
        """Note a message that came in; `settled`: cleaning says that it is done with it.

        A heartbeat is nobody's article: neither it nor its dead letter counts.
        """
        if heartbeat.sent_at(record) is not None:
            return
        position = _place(record.partition, record.offset)
        try:
            raw, _, _ = decode(RawArticle, record)
        except Rejected:
            self._add("raw", position, None, None, settled)
        else:
            revision = identity.revision_id(raw)
            key = _key(revision, record.offset)
            self._add("raw", position, key, _hash(revision.encode()), settled)

    def take_on_its_way(self, record: Record) -> None:
        """Note a record that a later stage has yet to settle."""
        key = _envelope_key(dict(record.headers))
        if key is not None:
            self._add("way", key)

    def take_enriched(self, record: Record) -> None:
        """Note an enriched message."""
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
        except (ValueError, KeyError, TypeError):  # not ours
            kind, article, revision, sequence = "unreadable", "", "", -1
        self._add(
            "outcome",
            None,
            _key(revision, sequence),
            kind,
            _hash(headers.get("ce_id", b"")),
            _hash(value),
            attempts(record),
            _hash(article.encode()),
            _hash(revision.encode()),
            sequence,
            _place(record.partition, record.offset),
        )

    def take_letter(self, record: Record) -> None:
        """Note a dead letter. What a broadcast copy came to is no article's outcome."""
        letter = parse(record)
        headers = dict(record.headers)
        if letter is None or BROADCAST_HEADER in headers or HEARTBEAT_HEADER in headers:
            return
        if letter.topic.startswith(RAW.name):  # with a suffix or without
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
        """Settle the account of all that was taken."""
        self._flush()
        self._db.executescript(audit_sql.JOIN)
        faults = {name: list(self._examples(query)) for name, query in audit_sql.FAULTS.items()}
        return Report(
            messages=self._count("SELECT count(*) FROM raw"),
            revisions=self._count("SELECT count(DISTINCT revision) FROM raw"),
            published_again=self._count(audit_sql.PUBLISHED_AGAIN),
            unreadable=self._count("SELECT count(*) FROM raw WHERE revision IS NULL"),
            outcomes=dict(self._db.execute(audit_sql.OUTCOMES)),
            in_flight=self._count(audit_sql.IN_FLIGHT),
            lost=self._count(audit_sql.counted("lost")),
            doubled=self._count(audit_sql.counted("doubled")),
            out_of_order=self._count(audit_sql.counted("out_of_order")),
            redelivered=self._count(audit_sql.REDELIVERED),
            redriven=self._count("SELECT count(DISTINCT position) FROM known WHERE attempt > 0"),
            unmatched=self._count("SELECT count(*) FROM outcome WHERE position IS NULL"),
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
    """A signed number of 64 bits: among ten million, a chance in 10⁵ that any two are alike."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), signed=True)


def _key(revision_id: str, sequence: int) -> int:
    return _hash(f"{revision_id} {sequence}".encode())


def _envelope_key(headers: dict[str, bytes]) -> int | None:
    sequence, revision = headers.get("ce_sequence", b""), headers.get("ce_correlationid")
    if revision is None or not sequence.isdigit():
        return None
    return _key(revision.decode("utf-8", "replace"), int(sequence))
