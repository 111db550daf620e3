"""The delivery audit finds each violation, and reports none where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import RawArticle
from schemas.topics import CLEAN, ENRICHED, RAW
from services.messaging import dead_letters, heartbeat, identity
from services.messaging.dead_letters import ATTEMPTS_HEADER, Identity
from services.messaging.errors import Reason, Rejected
from services.messaging.raw_records import raw_record
from services.messaging.records import BROADCAST_HEADER, Record
from services.operations.audit import DeliveryAudit, Report


class Topics:
    """Records on the topics; each method adds one."""

    def __init__(self) -> None:
        self.raw: list[Record] = []
        self.enriched: list[Record] = []
        self.dead_letters_sent: list[Record] = []
        self.between_stages: list[Record] = []
        self.settled = 1 << 40

    def publish(self, article: str = "a", text: str = "one") -> Record:
        made = RawArticle(url=f"https://a.example/{article}", source="a.example", text=text)
        sent = raw_record(made)
        record = Record(RAW.name, 0, len(self.raw), 0.0, sent.key, sent.value, sent.headers)
        self.raw.append(record)
        return record

    def publish_unreadable(self) -> Record:
        record = Record(RAW.name, 0, len(self.raw), 0.0, b"k", b"no json")
        self.raw.append(record)
        return record

    def enrich(self, raw: Record, kind: str = "original", number: int = 1) -> Record:
        ids = ids_of(raw)
        value = {
            "article_id": ids.article_id,
            "revision_id": ids.revision_id,
            "verdict": {"kind": kind},
        }
        headers = (
            ("ce_id", f"{ids.revision_id} {number}".encode()),
            ("ce_sequence", f"{raw.offset:020d}".encode()),
        )
        return self.put(json.dumps(value).encode(), headers)

    def put(self, value: bytes, headers: tuple[tuple[str, bytes], ...]) -> Record:
        record = Record(ENRICHED.name, 0, len(self.enriched), 0.0, b"k", value, headers)
        self.enriched.append(record)
        return record

    def clean(self, raw: Record) -> Record:
        """Return the clean record of a raw record, whose source is committed."""
        headers = (
            ("ce_subject", ids_of(raw).article_id.encode()),
            ("ce_sequence", f"{raw.offset:020d}".encode()),
        )
        return Record(CLEAN.name, 0, raw.offset + 500, 0.0, raw.key, b"{}", headers)

    def dead_letter(
        self, record: Record, reason: Reason = Reason.TOO_SHORT, *, known: bool = True
    ) -> Record:
        stage = "cleaning" if record.topic == RAW.name else "tagging"
        ids = ids_of(record) if known and record.topic == RAW.name else None
        sent = dead_letters.create(stage, record, Rejected(reason, "x"), ids)
        letter = Record(
            sent.topic.name, 0, len(self.dead_letters_sent), 0.0, sent.key, sent.value, sent.headers
        )
        self.dead_letters_sent.append(letter)
        return letter

    def repeat(self, record: Record) -> None:
        """Add the same record again."""
        where = self.enriched if record.topic == ENRICHED.name else self.dead_letters_sent
        where.append(replace(record, offset=len(where)))

    def report(self) -> Report:
        with DeliveryAudit() as audit:
            for record in self.between_stages:
                audit.add_in_flight(record)
            for record in self.raw:
                audit.add_raw(record, settled=record.offset < self.settled)
            for record in self.enriched:
                audit.add_enriched(record)
            for record in self.dead_letters_sent:
                audit.add_dead_letter(record)
            return audit.report()


def ids_of(raw: Record) -> Identity:
    article = RawArticle.model_validate_json(raw.value or b"")
    return Identity(identity.article_id(article), identity.content_id(article)[::-1])


@pytest.fixture
def topics() -> Topics:
    return Topics()


def test_every_kind_of_outcome_is_counted(topics: Topics) -> None:
    topics.enrich(topics.publish("a"))
    topics.enrich(topics.publish("b"), "copy")
    topics.dead_letter(topics.publish("c"))
    topics.dead_letter(topics.clean(topics.publish("d")), Reason.PROCESSING)
    topics.dead_letter(topics.publish_unreadable(), Reason.NOT_JSON, known=False)

    report = topics.report()

    assert report.holds
    assert report.outcomes == {
        "copy": 1,
        "original": 1,
        "failed: not_json": 1,
        "failed: processing": 1,
        "filtered: too_short": 1,
    }
    assert (report.messages, report.revisions, report.unreadable) == (5, 2, 1)
    assert (report.lost, report.in_flight, report.redelivered, report.unmatched) == (0, 0, 0, 0)


def test_heartbeats_are_not_counted(topics: Topics) -> None:
    """Neither as enriched messages nor as dead letters."""
    now = datetime.now(UTC)
    sent = heartbeat.with_heartbeat_header(
        raw_record(heartbeat.article(now)), b"2025-05-04T08:30:00Z"
    )
    for offset in range(2):
        topics.raw.append(Record(RAW.name, 0, offset, 0.0, sent.key, sent.value, sent.headers))
    topics.dead_letter(topics.raw[0])

    report = topics.report()

    assert report.holds
    assert (report.messages, report.lost, report.unmatched) == (0, 0, 0)


@pytest.mark.parametrize("readable", [True, False])
def test_a_message_without_an_outcome_is_lost(topics: Topics, readable: bool) -> None:  # noqa: FBT001
    topics.enrich(topics.publish("a"))
    _ = topics.publish("b") if readable else topics.publish_unreadable()

    report = topics.report()

    assert not report.holds
    assert report.lost == 1
    assert report.examples == {"lost": [f"{RAW.name}/0/1"]}


def test_a_message_that_cleaning_has_not_committed_is_in_flight(topics: Topics) -> None:
    topics.enrich(topics.publish("a"))
    topics.publish("b")
    topics.settled = 1

    report = topics.report()

    assert report.holds
    assert (report.in_flight, report.lost) == (1, 0)


def test_a_message_that_waits_between_the_stages_is_in_flight(topics: Topics) -> None:
    topics.between_stages.append(topics.clean(topics.publish("a")))

    report = topics.report()

    assert (report.in_flight, report.lost) == (1, 0)


def test_the_same_outcome_again_is_redelivered_and_allowed(topics: Topics) -> None:
    topics.repeat(topics.enrich(topics.publish("a")))
    topics.repeat(topics.dead_letter(topics.publish("b")))

    report = topics.report()

    assert report.holds
    assert report.redelivered == 2


@pytest.mark.parametrize(("kind", "number"), [("copy", 1), ("original", 2)])
def test_a_message_with_two_contents_or_two_events_is_duplicated(
    topics: Topics, kind: str, number: int
) -> None:
    raw = topics.publish("a")
    topics.enrich(raw)
    topics.enrich(raw, kind, number)

    report = topics.report()

    assert not report.holds
    assert (report.doubled, report.redelivered) == (1, 0)
    assert report.examples == {"doubled": [f"{RAW.name}/0/0"]}


def test_a_message_both_enriched_and_dead_lettered_is_duplicated(topics: Topics) -> None:
    raw = topics.publish("a")
    topics.enrich(raw)
    topics.dead_letter(raw, Reason.TIMEOUT)

    assert topics.report().doubled == 1


def test_a_second_dead_letter_with_another_reason_is_a_duplicate(topics: Topics) -> None:
    raw = topics.publish("a")
    topics.dead_letter(raw, Reason.TIMEOUT)
    topics.dead_letter(raw, Reason.PROCESSING)

    assert topics.report().doubled == 1


def test_a_page_that_changed_without_its_article_is_allowed(topics: Topics) -> None:
    """Its content is another one, and its outcome is that there is nothing new."""
    topics.enrich(topics.publish("a", "one"))
    repeat = topics.clean(topics.publish("a", "one, with another advert"))
    topics.dead_letter(repeat, Reason.UNCHANGED)

    report = topics.report()

    assert report.holds
    assert report.outcomes == {"filtered: unchanged": 1, "original": 1}
    assert (report.revisions, report.published_again) == (1, 0)


def test_a_revision_published_again_and_filtered_is_allowed(topics: Topics) -> None:
    topics.enrich(topics.publish("a"))
    repeat = topics.clean(topics.publish("a"))
    topics.dead_letter(repeat, Reason.UNCHANGED)

    report = topics.report()

    assert report.holds
    assert (report.revisions, report.published_again) == (1, 1)


@pytest.mark.parametrize("number", [1, 2])
def test_a_revision_published_again_and_enriched_again_is_duplicated(
    topics: Topics, number: int
) -> None:
    topics.enrich(topics.publish("a"))
    topics.enrich(topics.publish("a"), "revision", number)

    assert topics.report().doubled == 1


def test_an_article_that_returns_to_an_earlier_revision_is_allowed(topics: Topics) -> None:
    topics.enrich(topics.publish("a", "one"))
    topics.enrich(topics.publish("a", "two"), "revision", 2)
    topics.enrich(topics.publish("a", "one"), "revision", 3)

    assert topics.report().holds


def test_one_event_with_two_contents_is_duplicated_even_with_others_in_between(
    topics: Topics,
) -> None:
    topics.enrich(topics.publish("a", "one"))
    topics.enrich(topics.publish("a", "two"), "revision", 2)
    topics.enrich(topics.publish("a", "one"), "revision", 1)

    assert topics.report().doubled == 1


def test_swapped_revisions_are_out_of_order(topics: Topics) -> None:
    first, second = topics.publish("a", "one"), topics.publish("a", "two")
    topics.enrich(second)
    topics.enrich(first)

    report = topics.report()

    assert not report.holds
    assert report.out_of_order == 1
    assert report.examples == {"out_of_order": [f"{ENRICHED.name}/0/1"]}


def test_a_repeat_of_an_earlier_revision_is_not_out_of_order(topics: Topics) -> None:
    """After a crash the worker starts again at an earlier offset."""
    one = topics.enrich(topics.publish("a", "one"))
    two = topics.enrich(topics.publish("a", "two"), "revision", 2)
    topics.repeat(one)
    topics.repeat(two)

    report = topics.report()

    assert report.holds
    assert report.redelivered == 2


def test_the_outcome_of_a_redrive_replaces_the_dead_letter(topics: Topics) -> None:
    """A message that is redriven to a topic between the stages keeps its id."""
    raw = topics.publish("a")
    topics.dead_letter(topics.clean(raw), Reason.PROCESSING)
    sent = topics.enrich(raw)
    topics.enriched[0] = replace(sent, headers=(*sent.headers, (ATTEMPTS_HEADER, b"1")))

    report = topics.report()

    assert report.holds
    assert report.outcomes == {"original": 1}
    assert report.redriven == 1


def test_a_dead_letter_redriven_to_the_raw_topic_is_a_new_message(topics: Topics) -> None:
    raw = topics.publish("a")
    topics.dead_letter(raw, Reason.TIMEOUT)
    repeat = topics.publish("a")
    topics.enrich(repeat)

    report = topics.report()

    assert report.holds
    assert report.outcomes == {"failed: timeout": 1, "original": 1}


def test_the_outcome_of_a_broadcast_copy_is_not_counted(topics: Topics) -> None:
    raw = topics.publish("a")
    topics.enrich(raw, "retraction")
    copy = topics.clean(raw)
    marked = replace(copy, headers=(*copy.headers, (BROADCAST_HEADER, b"1")))
    topics.dead_letter(marked, Reason.PROCESSING)

    assert topics.report().outcomes == {"retraction": 1}


def test_outcomes_of_expired_messages_are_counted_separately(topics: Topics) -> None:
    """Raw articles are kept for a shorter time than outcomes."""
    old, new = topics.publish("a"), topics.publish("b")
    for raw in (old, new):
        topics.enrich(raw)
    topics.dead_letter(old)
    topics.raw.remove(old)

    report = topics.report()

    assert report.holds
    assert (report.messages, report.unmatched) == (1, 2)


@pytest.mark.parametrize("value", [b"", b"[]", b"{}", b'{"verdict": 1}', b"\xff"])
def test_foreign_records_on_the_topics_do_not_stop_the_audit(topics: Topics, value: bytes) -> None:
    topics.enrich(topics.publish("a"))
    topics.put(value, ())
    topics.dead_letters_sent.append(Record("newsloom.dead-letters", 0, 0, 0.0, None, value))

    report = topics.report()

    assert report.holds
    assert report.unmatched == 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from(["enriched", "letter", "flight", "lost"]),
            st.integers(0, 2),
        ),
        max_size=40,
    ),
    st.randoms(use_true_random=False),
)
def test_every_message_is_counted_exactly_once(
    plan: list[tuple[str, str, int]], random: object
) -> None:
    """This holds for any number of repeats, in any order."""
    topics = Topics()
    for number, (article, fate, repeats) in enumerate(plan):
        raw = topics.publish(article, f"text {number}")
        if fate == "flight":
            topics.between_stages.append(topics.clean(raw))
        elif fate != "lost":
            sent = topics.enrich(raw) if fate == "enriched" else topics.dead_letter(raw)
            for _ in range(repeats):
                topics.repeat(sent)
    random.shuffle(topics.raw)  # type: ignore[attr-defined]  # hypothesis' own Random

    report = topics.report()

    fates = [fate for _, fate, _ in plan]
    assert report.messages == sum(report.outcomes.values()) + report.in_flight + report.lost
    assert report.lost == fates.count("lost")
    assert report.in_flight == fates.count("flight")
    assert report.outcomes.get("original", 0) == fates.count("enriched")
    assert report.redelivered == sum(
        repeats for _, fate, repeats in plan if fate in ("enriched", "letter")
    )
    assert (report.doubled, report.out_of_order) == (0, 0)
