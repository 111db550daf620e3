"""The check finds each fault, and sees none where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import RawArticle
from schemas.topics import CLEAN, ENRICHED, RAW
from services.commands.terminal.time_parsing import parse_time
from services.messaging import dead_letters, heartbeat, identity
from services.messaging.dead_letters import ATTEMPTS_HEADER, Identity
from services.messaging.errors import Reason, Rejected, UsageError
from services.messaging.raw_records import raw_record
from services.messaging.records import BROADCAST_HEADER, Record
from services.operations.audit import DeliveryAudit, Report


class Topics:
    """What lies on the topics; every method puts one record there."""

    def __init__(self) -> None:
        self.raw: list[Record] = []
        self.enriched: list[Record] = []
        self.letters: list[Record] = []
        self.way: list[Record] = []
        self.settled = 1 << 40

    def come(self, article: str = "a", text: str = "one") -> Record:
        made = RawArticle(url=f"https://a.example/{article}", source="a.example", text=text)
        sent = raw_record(made)
        record = Record(RAW.name, 0, len(self.raw), 0.0, sent.key, sent.value, sent.headers)
        self.raw.append(record)
        return record

    def come_unreadable(self) -> Record:
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
        """The clean record of a raw one; it lies on its topic and is taken for settled."""
        headers = (
            ("ce_subject", ids_of(raw).article_id.encode()),
            ("ce_sequence", f"{raw.offset:020d}".encode()),
        )
        return Record(CLEAN.name, 0, raw.offset + 500, 0.0, raw.key, b"{}", headers)

    def bury(
        self, record: Record, reason: Reason = Reason.TOO_SHORT, *, known: bool = True
    ) -> Record:
        stage = "cleaning" if record.topic == RAW.name else "tagging"
        ids = ids_of(record) if known and record.topic == RAW.name else None
        sent = dead_letters.create(stage, record, Rejected(reason, "x"), ids)
        letter = Record(
            sent.topic.name, 0, len(self.letters), 0.0, sent.key, sent.value, sent.headers
        )
        self.letters.append(letter)
        return letter

    def again(self, record: Record) -> None:
        """The same record once more."""
        where = self.enriched if record.topic == ENRICHED.name else self.letters
        where.append(replace(record, offset=len(where)))

    def report(self) -> Report:
        with DeliveryAudit() as audit:
            for record in self.way:
                audit.add_in_flight(record)
            for record in self.raw:
                audit.add_raw(record, settled=record.offset < self.settled)
            for record in self.enriched:
                audit.add_enriched(record)
            for record in self.letters:
                audit.add_dead_letter(record)
            return audit.report()


def ids_of(raw: Record) -> Identity:
    article = RawArticle.model_validate_json(raw.value or b"")
    return Identity(identity.article_id(article), identity.content_id(article)[::-1])


@pytest.fixture
def topics() -> Topics:
    return Topics()


def test_every_kind_of_outcome_is_counted(topics: Topics) -> None:
    topics.enrich(topics.come("a"))
    topics.enrich(topics.come("b"), "copy")
    topics.bury(topics.come("c"))
    topics.bury(topics.clean(topics.come("d")), Reason.PROCESSING)
    topics.bury(topics.come_unreadable(), Reason.NOT_JSON, known=False)

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


def test_a_heartbeat_is_nobodys_message(topics: Topics) -> None:
    """Whether it came through or was filtered on its way."""
    now = datetime.now(UTC)
    sent = heartbeat.with_heartbeat_header(
        raw_record(heartbeat.article(now)), b"2025-05-04T08:30:00Z"
    )
    for offset in range(2):
        topics.raw.append(Record(RAW.name, 0, offset, 0.0, sent.key, sent.value, sent.headers))
    topics.bury(topics.raw[0])

    report = topics.report()

    assert report.holds
    assert (report.messages, report.lost, report.unmatched) == (0, 0, 0)


@pytest.mark.parametrize("readable", [True, False])
def test_a_message_without_an_outcome_is_lost(topics: Topics, readable: bool) -> None:  # noqa: FBT001
    topics.enrich(topics.come("a"))
    _ = topics.come("b") if readable else topics.come_unreadable()

    report = topics.report()

    assert not report.holds
    assert report.lost == 1
    assert report.examples == {"lost": [f"{RAW.name}/0/1"]}


def test_a_message_that_cleaning_has_not_committed_is_in_flight(topics: Topics) -> None:
    topics.enrich(topics.come("a"))
    topics.come("b")
    topics.settled = 1

    report = topics.report()

    assert report.holds
    assert (report.in_flight, report.lost) == (1, 0)


def test_a_message_that_waits_between_the_stages_is_in_flight(topics: Topics) -> None:
    topics.way.append(topics.clean(topics.come("a")))

    report = topics.report()

    assert (report.in_flight, report.lost) == (1, 0)


def test_the_same_outcome_again_is_redelivered_and_allowed(topics: Topics) -> None:
    topics.again(topics.enrich(topics.come("a")))
    topics.again(topics.bury(topics.come("b")))

    report = topics.report()

    assert report.holds
    assert report.redelivered == 2


@pytest.mark.parametrize(("kind", "number"), [("copy", 1), ("original", 2)])
def test_a_message_with_two_contents_or_two_events_is_doubled(
    topics: Topics, kind: str, number: int
) -> None:
    raw = topics.come("a")
    topics.enrich(raw)
    topics.enrich(raw, kind, number)

    report = topics.report()

    assert not report.holds
    assert (report.doubled, report.redelivered) == (1, 0)
    assert report.examples == {"doubled": [f"{RAW.name}/0/0"]}


def test_a_message_both_enriched_and_dead_is_doubled(topics: Topics) -> None:
    raw = topics.come("a")
    topics.enrich(raw)
    topics.bury(raw, Reason.TIMEOUT)

    assert topics.report().doubled == 1


def test_a_letter_that_comes_again_with_another_reason_is_doubled(topics: Topics) -> None:
    raw = topics.come("a")
    topics.bury(raw, Reason.TIMEOUT)
    topics.bury(raw, Reason.PROCESSING)

    assert topics.report().doubled == 1


def test_a_page_that_changed_without_its_article_is_in_order(topics: Topics) -> None:
    """Its content is another one, and its outcome is that there is nothing new."""
    topics.enrich(topics.come("a", "one"))
    topics.bury(topics.clean(topics.come("a", "one, with another advert")), Reason.UNCHANGED)

    report = topics.report()

    assert report.holds
    assert report.outcomes == {"filtered: unchanged": 1, "original": 1}
    assert (report.revisions, report.published_again) == (1, 0)


def test_a_revision_published_again_and_filtered_is_in_order(topics: Topics) -> None:
    topics.enrich(topics.come("a"))
    again = topics.clean(topics.come("a"))
    topics.bury(again, Reason.UNCHANGED)

    report = topics.report()

    assert report.holds
    assert (report.revisions, report.published_again) == (1, 1)


@pytest.mark.parametrize("number", [1, 2])
def test_a_revision_published_again_and_enriched_again_is_doubled(
    topics: Topics, number: int
) -> None:
    topics.enrich(topics.come("a"))
    topics.enrich(topics.come("a"), "revision", number)

    assert topics.report().doubled == 1


def test_an_article_that_goes_back_to_an_earlier_revision_is_in_order(topics: Topics) -> None:
    topics.enrich(topics.come("a", "one"))
    topics.enrich(topics.come("a", "two"), "revision", 2)
    topics.enrich(topics.come("a", "one"), "revision", 3)

    assert topics.report().holds


def test_one_event_with_two_contents_is_doubled_whatever_lay_in_between(topics: Topics) -> None:
    topics.enrich(topics.come("a", "one"))
    topics.enrich(topics.come("a", "two"), "revision", 2)
    topics.enrich(topics.come("a", "one"), "revision", 1)

    assert topics.report().doubled == 1


def test_revisions_that_change_places_are_out_of_order(topics: Topics) -> None:
    first, second = topics.come("a", "one"), topics.come("a", "two")
    topics.enrich(second)
    topics.enrich(first)

    report = topics.report()

    assert not report.holds
    assert report.out_of_order == 1
    assert report.examples == {"out_of_order": [f"{ENRICHED.name}/0/1"]}


def test_a_repeat_of_an_earlier_revision_is_not_out_of_order(topics: Topics) -> None:
    """After a crash the worker begins again before where it stopped."""
    one = topics.enrich(topics.come("a", "one"))
    two = topics.enrich(topics.come("a", "two"), "revision", 2)
    topics.again(one)
    topics.again(two)

    report = topics.report()

    assert report.holds
    assert report.redelivered == 2


def test_a_redriven_letter_gives_way_to_what_the_next_try_came_to(topics: Topics) -> None:
    """Sent back to the topic between the stages, the message keeps its name."""
    raw = topics.come("a")
    topics.bury(topics.clean(raw), Reason.PROCESSING)
    sent = topics.enrich(raw)
    topics.enriched[0] = replace(sent, headers=(*sent.headers, (ATTEMPTS_HEADER, b"1")))

    report = topics.report()

    assert report.holds
    assert report.outcomes == {"original": 1}
    assert report.redriven == 1


def test_a_letter_redriven_to_the_raw_topic_is_a_message_of_its_own(topics: Topics) -> None:
    raw = topics.come("a")
    topics.bury(raw, Reason.TIMEOUT)
    again = topics.come("a")
    topics.enrich(again)

    report = topics.report()

    assert report.holds
    assert report.outcomes == {"failed: timeout": 1, "original": 1}


def test_what_a_broadcast_copy_came_to_is_no_outcome(topics: Topics) -> None:
    raw = topics.come("a")
    topics.enrich(raw, "retraction")
    copy = topics.clean(raw)
    marked = replace(copy, headers=(*copy.headers, (BROADCAST_HEADER, b"1")))
    topics.bury(marked, Reason.PROCESSING)

    assert topics.report().outcomes == {"retraction": 1}


def test_outcomes_of_messages_that_expired_are_told_apart(topics: Topics) -> None:
    """Raw articles are kept for a shorter time than outcomes."""
    old, new = topics.come("a"), topics.come("b")
    for raw in (old, new):
        topics.enrich(raw)
    topics.bury(old)
    topics.raw.remove(old)

    report = topics.report()

    assert report.holds
    assert (report.messages, report.unmatched) == (1, 2)


@pytest.mark.parametrize("value", [b"", b"[]", b"{}", b'{"verdict": 1}', b"\xff"])
def test_what_others_put_on_the_topics_does_not_stop_the_check(
    topics: Topics, value: bytes
) -> None:
    topics.enrich(topics.come("a"))
    topics.put(value, ())
    topics.letters.append(Record("newsloom.dead-letters", 0, 0, 0.0, None, value))

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
def test_the_account_adds_up(plan: list[tuple[str, str, int]], random: object) -> None:
    """Every message is in one place, however often its outcome came and in whatever order."""
    topics = Topics()
    for number, (article, fate, repeats) in enumerate(plan):
        raw = topics.come(article, f"text {number}")
        if fate == "flight":
            topics.way.append(topics.clean(raw))
        elif fate != "lost":
            sent = topics.enrich(raw) if fate == "enriched" else topics.bury(raw)
            for _ in range(repeats):
                topics.again(sent)
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


NOW = datetime(2025, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("90min", NOW - timedelta(minutes=90)),
        ("2d", NOW - timedelta(days=2)),
        ("2025-05-04T08:00Z", datetime(2025, 5, 4, 8, tzinfo=UTC)),
        ("2025-05-04T10:00+02:00", datetime(2025, 5, 4, 8, tzinfo=UTC)),
        ("2025-05-04", datetime(2025, 5, 4, tzinfo=UTC)),
    ],
)
def test_moments_are_read_as_people_write_them(text: str, moment: datetime) -> None:
    assert parse_time(text, NOW) == moment


def test_what_is_no_moment_is_said(topics: Topics) -> None:
    with pytest.raises(UsageError, match="'yesterday' is no time"):
        parse_time("yesterday", NOW)
