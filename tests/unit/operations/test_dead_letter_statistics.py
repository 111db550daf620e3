"""Which dead letters a selection matches, how they are counted, and which are redriven."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.messaging.dead_letters import create, parse
from services.messaging.errors import Reason, Rejected
from services.messaging.records import Record
from services.operations.dead_letter_statistics import DeadLetterCounts, DeadLetterFilter, IdSet
from services.operations.redrive import Redrive

NOON = datetime(2025, 5, 4, 12, tzinfo=UTC)


def letter_record(
    *, offset: int = 0, reason: str = "not_json", stage: str = "cleaning", hours: float = 0
) -> Record:
    original = Record("newsloom.articles.raw", 0, offset, 1.7e9, b"key", b"value")
    out = create(stage, original, Rejected(Reason(reason), "x"), None)
    ended = NOON + timedelta(hours=hours)
    return Record("d", 0, offset, ended.timestamp(), out.key, out.value, out.headers)


@pytest.mark.parametrize(
    ("choice", "meant"),
    [
        (DeadLetterFilter(), True),
        (DeadLetterFilter(reason="not_json"), True),
        (DeadLetterFilter(reason="too_large"), False),
        (DeadLetterFilter(stage="dedup"), False),
        (DeadLetterFilter(letter_id="other"), False),
        (DeadLetterFilter(since=NOON), True),
        (DeadLetterFilter(since=NOON + timedelta(seconds=1)), False),
        (DeadLetterFilter(until=NOON), False),
        (DeadLetterFilter(until=NOON + timedelta(seconds=1)), True),
    ],
)
def test_a_selection_matches_its_conditions(choice: DeadLetterFilter, meant: bool) -> None:  # noqa: FBT001
    record = letter_record()
    letter = parse(record)
    assert letter is not None

    assert choice.matches(record, letter) is meant


def test_dead_letters_are_counted_by_stage_and_reason_with_ages() -> None:
    tally = DeadLetterCounts()
    for offset, (reason, stage, hours) in enumerate(
        [("not_json", "cleaning", 2), ("not_json", "cleaning", 0), ("processing", "dedup", 1)]
    ):
        record = letter_record(offset=offset, reason=reason, stage=stage, hours=hours)
        letter = parse(record)
        assert letter is not None
        tally.add(record, letter)

    first, second = tally
    assert (first.stage, first.reason, first.count, first.size) == ("cleaning", "not_json", 2, 10)
    assert (first.oldest, first.newest) == (NOON, NOON + timedelta(hours=2))
    assert (second.stage, second.reason, second.count) == ("dedup", "processing", 1)
    assert tally.total == 3


def test_invented_reasons_do_not_fill_the_memory() -> None:
    tally = DeadLetterCounts()
    record = letter_record()
    letter = parse(record)
    assert letter is not None
    for number in range(5000):
        tally.add(record, letter.model_copy(update={"reason": f"reason-{number}"}))

    assert tally.total == 5000
    assert len(list(tally)) <= 1001


def test_an_id_is_new_only_once() -> None:
    with IdSet() as seen:
        assert [seen.add(one) for one in ("a", "b", "a")] == [True, True, False]


def test_a_dead_letter_is_redriven_once_and_attempts_are_limited() -> None:
    with IdSet() as gone, IdSet() as seen:
        sent = letter_record(offset=1)
        before = parse(sent)
        assert before is not None
        gone.add(before.id)
        redrive = Redrive(DeadLetterFilter(), frozenset({"newsloom.articles.raw"}), 5, gone, seen)
        foreign = changed(letter_record(offset=2), topic="newsloom.stories")
        worn = changed(letter_record(offset=3), attempts=5)
        dead_letters = [sent, foreign, worn, letter_record(offset=4), letter_record(offset=4)]

        taken = [redrive.take(one) for one in dead_letters]

    assert [one.offset for one in taken if one] == [4]
    counts = (redrive.sent_before, redrive.other_topics, redrive.out_of_attempts, redrive.repeated)
    assert counts == (1, 1, 1, 1)
    assert redrive.selected.total == 1


def test_a_record_that_is_no_dead_letter_is_skipped() -> None:
    with IdSet() as gone, IdSet() as seen:
        redrive = Redrive(DeadLetterFilter(), frozenset(), 5, gone, seen)

        assert redrive.take(Record("d", 0, 0, 0.0, b"k", b"v")) is None


def changed(record: Record, **fields: object) -> Record:
    letter = parse(record)
    assert letter is not None
    ((name, _),) = record.headers
    header = (name, letter.model_copy(update=fields).model_dump_json().encode())
    return replace(record, headers=(header,))
