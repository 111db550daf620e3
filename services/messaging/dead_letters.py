"""Create dead letters, parse them, and restore the headers to redrive them with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import ValidationError

from schemas.dead_letter import DEAD_LETTER_HEADER, DeadLetter, dead_letter_header
from schemas.envelope import deterministic_id
from schemas.topics import DEAD_LETTERS, RAW
from services.messaging.errors import Rejected, outcome_of
from services.messaging.records import BROADCAST_HEADER, OutgoingRecord, Record

ATTEMPTS_HEADER = "newsloom-attempts"
"""Header of a redriven record: how many attempts were made to process it."""


def create(
    stage: str, record: Record, rejected: Rejected, identity: Identity | None
) -> OutgoingRecord:
    """Create the dead letter of a record: its value, key and headers, and the reason.

    The id depends on the message alone, so that a repeated delivery of the message creates a
    dead letter with the same id.
    """
    letter = DeadLetter(
        id=deterministic_id("dead-letter", stage, *_unique_name(record)),
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


def _unique_name(record: Record) -> tuple[str, ...]:
    """Return what identifies the message, also when it is delivered again.

    On the raw topic that is the position of the record: publishers may repeat headers, and a
    repeated delivery reads the same record. On the other topics a stage that was restarted may
    have produced the message twice, at two positions, but with the same envelope. Each attempt
    to process a redriven message counts as another message.
    """
    headers = dict(record.headers)
    envelope = (headers.get("ce_id"), headers.get("ce_sequence"))
    if record.topic.startswith(RAW.name) or None in envelope or BROADCAST_HEADER in headers:
        return record.topic, str(record.partition), str(record.offset)
    attributes = (raw.decode("utf-8", "replace") for raw in envelope if raw is not None)
    return record.topic, *attributes, str(attempts(record))


@dataclass(frozen=True, slots=True)
class Identity:
    """The ids of the article and the revision that a message is about."""

    article_id: str
    revision_id: str | None = None
    """None of a message that was not cleaned, so that its revision is not known."""


def attempts(record: Record) -> int:
    """Return how many attempts were made to process the record before the present one."""
    for name, raw in record.headers:
        if name == ATTEMPTS_HEADER and raw.isdigit():
            return min(int(raw), 1_000_000)
    return 0


def with_attempts(outgoing: OutgoingRecord, earlier_attempts: int) -> OutgoingRecord:
    """Return the record with the number of attempts of the redriven record it was made from.

    A record that has the header already, such as a dead letter, is returned unchanged.
    """
    if any(name == ATTEMPTS_HEADER for name, _ in outgoing.headers):
        return outgoing
    header = (ATTEMPTS_HEADER, str(earlier_attempts).encode())
    return replace(outgoing, headers=(*outgoing.headers, header))


def parse(record: Record) -> DeadLetter | None:
    """Parse a record of the dead-letter topic.

    Returns None if the header with the dead letter is missing or invalid.
    """
    raw = dead_letter_header(record.headers)
    try:
        return None if raw is None else DeadLetter.model_validate_json(raw)
    except ValidationError:
        return None


def original_headers(record: Record, letter: DeadLetter) -> tuple[tuple[str, bytes], ...]:
    """Return the headers to redrive with: those of the original, and the number of attempts."""
    own = [(n, v) for n, v in record.headers if n not in {DEAD_LETTER_HEADER, ATTEMPTS_HEADER}]
    return (*own, (ATTEMPTS_HEADER, str(letter.attempts).encode()))
