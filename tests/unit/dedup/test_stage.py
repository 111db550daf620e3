"""The dedup stage gives the same result for a message after any crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

import pytest

from schemas.article import EnrichedArticle, Provenance, Status, TaggedArticle
from schemas.envelope import Envelope
from schemas.story import Story
from schemas.topics import ENRICHED, STORIES, TAGGED
from services.dedup.stage import DedupStage
from services.dedup.storage.row_store import InMemoryTables
from services.messaging.codec import encode
from services.messaging.errors import Reason
from services.messaging.records import BROADCAST_HEADER, Record
from services.processing.stage import DeadLettered, Processed, Result, RowChange
from services.settings import Settings

START = datetime(2025, 5, 4, 8, tzinfo=UTC)
BODIES = (
    (
        "The ferry to {0} sails again after repairs that took {1} weeks, said the harbour "
        "office of {0}, and several hundred people stood on the quay to greet the first boat of"
        " the year."
    ),
    (
        "Judges in {0} struck down the levy on wells, which farmers had fought for {1} years; "
        "the ministry said it would read the ruling before it decided whether to write another "
        "law."
    ),
    (
        "A museum in {0} lost its astrolabe to thieves who came by the roof at {1} in the "
        "morning, and the police asked anyone who had seen a grey van to come forward without "
        "delay."
    ),
)


def record(number: int, **fields: Any) -> Record:
    broadcast = fields.pop("broadcast", False)
    body = fields.pop("body", BODIES[number % 3].format(f"Town{number}", number + 2))
    values: dict[str, Any] = {
        "article_id": f"article-{number}",
        "revision_id": f"revision-{number}-{crc32(f'{body}{fields}'.encode())}",
        "url": f"https://a.example/{number}",
        "source": f"outlet{number % 4}.example",
        "title": f"News of Town{number}",
        "body": body,
        "word_count": 40,
        "ingested_at": START + timedelta(minutes=number),
        "language": "en",
        "language_confidence": 1.0,
        "kept_share": 1.0,
        "cleaning": Provenance(name="test", version="1", confidence=1),
        "tagging": Provenance(name="test", version="1", confidence=1),
        **fields,
    }
    article = TaggedArticle(**values)
    envelope = Envelope(
        id=f"id-{number}", source="test", type=TAGGED.event_type, sequence=f"{number:020d}"
    )
    sent = encode(TAGGED, article.language, article, envelope)
    headers = (*sent.headers, (BROADCAST_HEADER, b"1")) if broadcast else sent.headers
    return Record(TAGGED.name, 3, number, 0.0, sent.key, sent.value, headers)


def stage(rows: InMemoryTables) -> DedupStage:
    return DedupStage(Settings(), rows)


def sent_messages(result: Result) -> list[tuple[str, bytes | None]]:
    """Return the messages that subscribers would receive, and the reason of a dead letter."""
    ended = [("ended", result.rejected.reason.encode())] if isinstance(result, DeadLettered) else []
    return [*ended, *((one.topic.name, one.value) for one in result.outgoing)]


def articles() -> list[Record]:
    copied = BODIES[0].format("Town0", 2)
    return [
        *(record(number) for number in range(6)),
        record(6, body=copied, source="other.example"),
        record(7, article_id="article-1", body=BODIES[1].format("Town1", 3) + " More followed."),
        record(8, article_id="article-2", status=Status.RETRACTED),
        record(9),
    ]


def run(records: list[Record], rows: InMemoryTables) -> list[Result]:
    results = stage(rows).process(records)
    for result in results:
        rows.apply(result.changes)
    return results


def test_one_message_at_a_time_and_all_in_one_batch_give_the_same_verdicts() -> None:
    def verdicts(results: list[Result]) -> list[bytes | None]:
        return [
            v for result in results for topic, v in sent_messages(result) if topic == ENRICHED.name
        ]

    together = run(articles(), InMemoryTables())
    rows = InMemoryTables()
    alone = [result for one in articles() for result in run([one], rows)]

    assert verdicts(alone) == verdicts(together)


@pytest.mark.parametrize("crash_at", range(len(articles())))
def test_a_crash_before_anything_is_stored_does_not_change_results(crash_at: int) -> None:
    records = articles()
    undisturbed = [
        sent_messages(result) for one in records for result in run([one], _kept(records, one))
    ]
    rows = InMemoryTables()
    answers = []
    for number, one in enumerate(records):
        if number == crash_at:
            stage(rows).process([one])  # its changes are lost with the process
        answers += [sent_messages(result) for result in run([one], rows)]

    assert answers == undisturbed


def _kept(records: list[Record], until: Record) -> InMemoryTables:
    """Return the rows after the records before `until`."""
    rows = InMemoryTables()
    for one in records:
        if one is until:
            break
        run([one], rows)
    return rows


@pytest.mark.parametrize("number", range(len(articles())))
def test_a_crash_after_any_stored_row_does_not_change_the_result(number: int) -> None:
    records = articles()
    before = _kept(records, records[number])
    (result,) = stage(before).process([records[number]])
    changes = result.changes
    expected = sent_messages(result)

    for stored in range(len(changes) + 1):
        rows = InMemoryTables()
        rows.rows = dict(before.rows)
        rows.apply(_first_come_first(changes)[:stored])
        (again,) = stage(rows).process([records[number]])
        assert sent_messages(again) == expected, f"after {stored} of {len(changes)} rows"


def _first_come_first(changes: tuple[RowChange, ...]) -> list[RowChange]:
    return sorted(changes, key=lambda change: not change.first)


def test_a_redelivered_message_has_the_same_result() -> None:
    rows = InMemoryTables()
    first = run(articles(), rows)

    again = run(articles(), rows)

    def enriched(results: list[Result]) -> list[list[tuple[str, bytes | None]]]:
        return [[t for t in sent_messages(result) if t[0] == ENRICHED.name] for result in results]

    assert enriched(again) == enriched(first)


def test_the_same_content_published_again_is_filtered() -> None:
    rows = InMemoryTables()
    one = record(1)
    run([one], rows)
    envelope = Envelope(id="later", source="test", type=TAGGED.event_type, sequence=f"{50:020d}")
    later = Record(TAGGED.name, 3, 50, 0.0, one.key, one.value, tuple(envelope.to_headers()))

    (result,) = run([later], rows)

    assert isinstance(result, DeadLettered)
    assert result.rejected.reason is Reason.UNCHANGED


def test_a_story_that_is_changed_by_many_articles_of_a_batch_is_sent_once() -> None:
    same = [record(n, body=BODIES[0].format("Town0", 2), source=f"s{n}.example") for n in range(9)]

    results = run(same, InMemoryTables())

    stories = [
        v for result in results for topic, v in sent_messages(result) if topic == STORIES.name
    ]
    assert len(stories) == 1
    assert Story.model_validate_json(stories[0] or b"").article_count == 9


def test_a_retraction_marks_the_article_and_its_story() -> None:
    rows = InMemoryTables()
    run([record(2)], rows)

    (result,) = run([record(8, article_id="article-2", body="", status=Status.RETRACTED)], rows)

    assert isinstance(result, Processed)
    article = EnrichedArticle.model_validate_json(result.outgoing[0].value or b"")
    assert (article.verdict.kind, article.verdict.revision) == ("retraction", 2)
    story = Story.model_validate_json(result.outgoing[1].value or b"")
    assert [member.verdict for member in story.articles] == ["retraction"]


def test_a_bare_retraction_reaches_the_shard_that_has_the_article() -> None:
    """The main message gets a result; broadcast copies only update the story of the article."""
    rows = InMemoryTables()
    run([record(2)], rows)
    bare = {"article_id": "article-2", "body": "", "language": "und", "status": Status.RETRACTED}

    home, copy = run([record(8, **bare), record(8, **bare, broadcast=True)], rows)
    (nobody,) = run([record(9, **{**bare, "article_id": "x"}, broadcast=True)], rows)

    assert [topic for topic, _ in sent_messages(home)] == [ENRICHED.name]
    assert [topic for topic, _ in sent_messages(copy)] == [STORIES.name]
    assert sent_messages(nobody) == []


def test_a_record_that_makes_the_shard_fail_does_not_affect_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from services.dedup.core import Shard  # noqa: PLC0415 - patched here

    real = Shard.decide

    def failing(self: Shard, article: TaggedArticle, message: Any) -> Any:
        decision = real(self, article, message)
        if article.article_id == "article-3":
            raise ZeroDivisionError("boom")
        return decision

    undisturbed = [one for one in articles() if one.offset != 3]
    expected = [sent_messages(result) for result in run(undisturbed, InMemoryTables())]
    monkeypatch.setattr(Shard, "decide", failing)

    results = run(articles(), InMemoryTables())

    assert isinstance(results[3], DeadLettered)
    assert results[3].rejected.reason is Reason.PROCESSING
    others = [sent_messages(result) for number, result in enumerate(results) if number != 3]
    assert others == expected


def event_id(result: Result) -> bytes:
    return dict(result.outgoing[0].headers)["ce_id"]


def test_restoring_an_earlier_revision_has_its_own_event_id() -> None:
    """Otherwise a subscriber that drops known event ids would miss the event."""
    first = {"article_id": "a", "revision_id": "one", "body": BODIES[0].format("Here", 2)}
    other = {"article_id": "a", "revision_id": "two", "body": BODIES[0].format("Here", 3)}
    rows = InMemoryTables()
    results = run([record(1, **first), record(2, **other), record(3, **first)], rows)
    (again,) = run([record(3, **first)], rows)

    ids = [event_id(result) for result in results]
    assert len(set(ids)) == 3
    assert event_id(again) == ids[2]


def test_a_retraction_that_is_received_twice_is_reported_once_as_unchanged() -> None:
    """Its broadcast copies are not reported."""
    rows = InMemoryTables()
    gone = {"article_id": "a", "revision_id": "gone", "status": Status.RETRACTED}
    run([record(1, article_id="a"), record(2, **gone)], rows)
    main, copy = run([record(3, **gone), record(3, **gone, broadcast=True)], rows)

    assert isinstance(main, DeadLettered)
    assert isinstance(copy, Processed)
    assert copy.outgoing == ()


def test_a_broadcast_copy_in_the_batch_of_its_article_is_not_the_main_message() -> None:
    """The copy is on a partition that does not have the article, and may be received first."""
    gone = {"article_id": "a", "revision_id": "gone", "status": Status.RETRACTED}
    copy = replace(record(2, **gone, broadcast=True), partition=5)
    first, elsewhere, main = stage(InMemoryTables()).process(
        [record(1, article_id="a"), copy, record(2, **gone)]
    )

    assert isinstance(elsewhere, Processed)
    assert (elsewhere.outcome, elsewhere.changes) == ("not_mine", ())
    assert sent_messages(main)[0][0] == ENRICHED.name
    assert b'"revision":2' in (sent_messages(main)[0][1] or b"")
    assert first.changes == ()
