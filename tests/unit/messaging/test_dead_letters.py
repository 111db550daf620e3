"""A dead letter is known by its message, wherever a repeat of that lies."""

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
    sent = dead_letters.make("tagging", record, Rejected(Reason.PROCESSING, "x"), None)
    letter = dead_letters.parse(Record("d", 0, 0, 0.0, sent.key, sent.value, sent.headers))
    assert letter is not None
    return letter.id


def test_a_repeat_between_the_stages_gives_the_same_letter() -> None:
    """The stage before died after it had sent the message, and sent it again."""
    assert letter_id(BETWEEN) == letter_id(replace(BETWEEN, offset=11))


def test_two_messages_give_two_letters() -> None:
    again = replace(BETWEEN, headers=(ENVELOPE[0], ("ce_sequence", b"00000000000000000008")))

    assert letter_id(BETWEEN) != letter_id(again)


def test_each_try_gives_a_letter_of_its_own() -> None:
    redriven = replace(BETWEEN, headers=(*ENVELOPE, (ATTEMPTS_HEADER, b"1")))

    assert letter_id(BETWEEN) != letter_id(redriven)


def test_each_broadcast_copy_gives_a_letter_of_its_own() -> None:
    copies = [
        replace(BETWEEN, partition=number, headers=(*ENVELOPE, (BROADCAST_HEADER, b"1")))
        for number in range(3)
    ]

    assert len({letter_id(record) for record in (BETWEEN, *copies)}) == 4


def test_what_publishers_write_in_headers_names_no_letter() -> None:
    """On the raw topic the place alone counts: two messages may carry the same headers."""
    first = replace(BETWEEN, topic=RAW.name)

    assert letter_id(first) != letter_id(replace(first, offset=11))
    assert letter_id(first) == letter_id(replace(first, headers=()))
