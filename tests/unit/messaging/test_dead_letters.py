"""The id of a dead letter depends on its message alone, so that a redelivery has the same id."""

from __future__ import annotations

from dataclasses import replace

from schemas.topics import CLEAN, RAW
from services.messaging import dead_letters
from services.messaging.dead_letters import ATTEMPTS_HEADER
from services.messaging.errors import Reason, Rejected
from services.messaging.records import BROADCAST_HEADER, Record

ENVELOPE = (("ce_id", b"x"), ("ce_sequence", b"00000000000000000007"))
BETWEEN = Record(CLEAN.name, 3, 10, 0.0, b"k", b"{}", ENVELOPE)


def letter_id(record: Record) -> str:
    sent = dead_letters.create("tagging", record, Rejected(Reason.PROCESSING, "x"), None)
    letter = dead_letters.parse(Record("d", 0, 0, 0.0, sent.key, sent.value, sent.headers))
    assert letter is not None
    return letter.id


def test_a_redelivery_between_stages_has_the_same_dead_letter_id() -> None:
    """The previous stage crashed after it had sent the message, and sent it again."""
    assert letter_id(BETWEEN) == letter_id(replace(BETWEEN, offset=11))


def test_two_messages_have_two_dead_letter_ids() -> None:
    again = replace(BETWEEN, headers=(ENVELOPE[0], ("ce_sequence", b"00000000000000000008")))

    assert letter_id(BETWEEN) != letter_id(again)


def test_each_attempt_has_its_own_dead_letter_id() -> None:
    redriven = replace(BETWEEN, headers=(*ENVELOPE, (ATTEMPTS_HEADER, b"1")))

    assert letter_id(BETWEEN) != letter_id(redriven)


def test_each_broadcast_copy_has_its_own_dead_letter_id() -> None:
    copies = [
        replace(BETWEEN, partition=number, headers=(*ENVELOPE, (BROADCAST_HEADER, b"1")))
        for number in range(3)
    ]

    assert len({letter_id(record) for record in (BETWEEN, *copies)}) == 4


def test_headers_of_publishers_do_not_change_the_dead_letter_id() -> None:
    """On the raw topic only the position counts: two messages may have the same headers."""
    first = replace(BETWEEN, topic=RAW.name)

    assert letter_id(first) != letter_id(replace(first, offset=11))
    assert letter_id(first) == letter_id(replace(first, headers=()))
