"""Dead letters: how one is made from a record, read back, and sent home again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import ValidationError

from schemas.dead_letter import DEAD_LETTER_HEADER, DeadLetter, letter_in
from schemas.envelope import deterministic_id
from schemas.topics import DEAD_LETTERS, RAW
from services.messaging.errors import Rejected, outcome_of
from services.messaging.records import BROADCAST_HEADER, OutgoingRecord, Record

ATTEMPTS_HEADER = "newsloom-attempts"
"""Header of a redriven record: how often it has been tried."""


def make(
    stage: str, record: Record, rejected: Rejected, identity: Identity | None
) -> OutgoingRecord:
    """The dead letter of `record`: its own value, key and headers, and why it ended.

    It depends on the message alone, so that a repeat is the same letter.
    """
    letter = DeadLetter(
        id=deterministic_id("dead-letter", stage, *_name(record)),
        outcome=outcome_of(rejected.reason),
        reason=rejected.reason,
        detail=rejected.detail,
        stage=stage,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp=record.time,
        attempts=attempts(record) + 1,
        article_id=identity.article_id if identity else None,
        revision_id=identity.revision_id if identity else None,
        header_names=[name[:300] or "-" for name, _ in record.headers[:200]],
    )
    header = (DEAD_LETTER_HEADER, letter.model_dump_json(exclude_none=True).encode())
    return OutgoingRecord(DEAD_LETTERS, record.key, record.value, (*record.headers, header))


def _name(record: Record) -> tuple[str, ...]:
    """What tells the message from all others, and is the same when it comes again.

    The raw topic is read again, so there it is the place. Between the stages a repeat lies
    at a place of its own, but our envelope names it; each try of a redriven one is another.
    """
    headers = dict(record.headers)
    envelope = (headers.get("ce_id"), headers.get("ce_sequence"))
    if record.topic.startswith(RAW.name) or None in envelope or BROADCAST_HEADER in headers:
        return record.topic, str(record.partition), str(record.offset)
    told = (raw.decode("utf-8", "replace") for raw in envelope if raw is not None)
    return record.topic, *told, str(attempts(record))


@dataclass(frozen=True, slots=True)
class Identity:
    """Which article and revision a message is about."""

    article_id: str
    revision_id: str


def attempts(record: Record) -> int:
    """How often the record was tried before this time."""
    for name, raw in record.headers:
        if name == ATTEMPTS_HEADER and raw.isdigit():
            return min(int(raw), 1_000_000)
    return 0


def marked(outgoing: OutgoingRecord, tries: int) -> OutgoingRecord:
    """The record with the count of tries of the redriven one it was made from."""
    if any(name == ATTEMPTS_HEADER for name, _ in outgoing.headers):  # a dead letter has it
        return outgoing
    mark = (ATTEMPTS_HEADER, str(tries).encode())
    return replace(outgoing, headers=(*outgoing.headers, mark))


def parse(record: Record) -> DeadLetter | None:
    """Why the record on the dead-letter topic ended there; None where it does not say."""
    raw = letter_in(record.headers)
    try:
        return None if raw is None else DeadLetter.model_validate_json(raw)
    except ValidationError:
        return None


def original_headers(record: Record, letter: DeadLetter) -> tuple[tuple[str, bytes], ...]:
    """The headers to redrive with: the original's own, and the count of tries."""
    own = [(n, v) for n, v in record.headers if n not in {DEAD_LETTER_HEADER, ATTEMPTS_HEADER}]
    return (*own, (ATTEMPTS_HEADER, str(letter.attempts).encode()))
