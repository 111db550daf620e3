"""A heartbeat passes all stages like an article, and is not published to subscribers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from schemas.article import RawArticle
from schemas.envelope import HEARTBEAT_HEADER, HEARTBEAT_TYPE, timestamp
from schemas.topics import CLEAN, RAW, TAGGED
from services.cleaning.stage import CleaningStage
from services.dedup.stage import DedupStage
from services.dedup.storage.row_store import InMemoryTables
from services.messaging import heartbeat
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord, Record
from services.observability import metrics
from services.processing.message_observer import MessageContext, MessageObserver
from services.processing.stage import Processed, Stage
from services.settings import Settings
from services.tagging.core import Tagger
from services.tagging.stage import TaggingStage

START = datetime(2025, 5, 4, 8, 30, tzinfo=UTC)
WORDS = (
    "The council of {place} met on Sunday and agreed to reopen the ferry line to the island, "
    "which had been closed for repairs since the storm tore off half of the pier. "
) * 4


def heartbeat_record(at: datetime) -> OutgoingRecord:
    return heartbeat.with_heartbeat_header(
        raw_record(heartbeat.article(at)), timestamp(at).encode()
    )


def as_record(sent: OutgoingRecord, offset: int, at: datetime) -> Record:
    return Record(sent.topic.name, 0, offset, at.timestamp(), sent.key, sent.value, sent.headers)


class Line:
    """The three stages in a row, with the headers that the runner adds at each."""

    def __init__(self) -> None:
        self.rows = InMemoryTables()
        tagger = Tagger.load(preload=(), loaders={})
        self.stages: Sequence[Stage] = (
            CleaningStage(Settings()),
            TaggingStage(Settings(), tagger=tagger),
            DedupStage(Settings(), self.rows),
        )
        self.hops: list[Record] = []

    def process(
        self, sent: OutgoingRecord, offset: int, at: datetime
    ) -> tuple[OutgoingRecord, ...]:
        """Process a raw record in all stages; return the output of dedup."""
        outgoing: tuple[OutgoingRecord, ...] = (sent,)
        for stage in self.stages:
            record = as_record(outgoing[0], offset, at)
            self.hops.append(record)
            (result,) = stage.process([record])
            assert isinstance(result, Processed), result
            self.rows.apply(result.changes)
            observer = MessageObserver(stage.name)
            hop = observer.begin(record, result, 0)
            outgoing = tuple(hop.propagate(one) for one in result.outgoing)
            observer.finished(hop, result)
        return outgoing


def test_a_heartbeat_passes_every_stage_and_has_no_output() -> None:
    line = Line()

    assert line.process(heartbeat_record(START), 1, START) == ()

    assert [hop.topic for hop in line.hops] == [RAW.name, CLEAN.name, TAGGED.name]
    for hop in line.hops:
        headers = dict(hop.headers)
        assert headers[HEARTBEAT_HEADER] == timestamp(START).encode()
        assert headers["ce_type"] == HEARTBEAT_TYPE.encode()
        assert sum(name == HEARTBEAT_HEADER for name, _ in hop.headers) == 1


def test_the_age_metric_is_per_stage_and_never_decreases() -> None:
    line = Line()
    for number, minutes in enumerate((0, 5, 3)):
        at = START + timedelta(minutes=minutes)
        line.process(heartbeat_record(at), number, at)

    for stage in ("cleaning", "tagging"):
        assert metrics.HEARTBEAT.labels(stage)._value.get() == START.timestamp() + 180
    observer = MessageObserver("spy")
    for minutes in (5, 3):
        record = as_record(heartbeat_record(START + timedelta(minutes=minutes)), 1, START)
        observer.finished(observer.begin(record, Processed((), "x"), 0), Processed((), "x"))
    assert metrics.HEARTBEAT.labels("spy")._value.get() == START.timestamp() + 300


def test_a_heartbeat_from_the_future_silences_no_alert() -> None:
    observer = MessageObserver("another")
    for sent in (b"2025-05-04T08:30:00Z", b"9999-01-01T00:00:00Z"):
        record = as_record(heartbeat.with_heartbeat_header(heartbeat_record(START), sent), 1, START)
        observer.finished(MessageContext(record, "", sent, None), Processed((), "x"))

    assert metrics.HEARTBEAT.labels("another")._value.get() == START.timestamp()


def test_a_heartbeat_is_not_counted_as_an_article() -> None:
    def counted() -> list[float]:
        found = (metrics.ENDED.labels("dedup"), metrics.OUT.labels("dedup", "original"))
        return [one._value.get() for one in found]

    before = counted()
    Line().process(heartbeat_record(START), 1, START)

    assert counted() == before


def test_weeks_of_heartbeats_take_no_more_state_than_a_few() -> None:
    line = Line()
    sizes = []
    for minute in range(120):
        at = START + timedelta(hours=3 * minute)
        line.process(heartbeat_record(at), minute, at)
        sizes.append((len(line.rows.rows), sum(map(len, line.rows.rows.values()))))

    assert sizes[-1][0] == sizes[40][0]
    assert sizes[-1][1] < 1.1 * sizes[40][1]


def test_heartbeats_do_not_change_the_results_of_articles() -> None:
    def answers(*, with_heartbeats: bool) -> list[tuple[bytes | None, ...]]:
        line = Line()
        found = []
        for number in range(6):
            at = START + timedelta(minutes=number)
            if with_heartbeats:
                line.process(heartbeat_record(at), 100 + number, at)
            words = WORDS.format(place="Skarholm" if number % 2 else f"Town{number}")
            raw = RawArticle(url=f"https://a.example/{number}", source="a.example", text=words)
            found.append(tuple(one.value for one in line.process(raw_record(raw), number, at)))
        return found

    assert answers(with_heartbeats=True) == answers(with_heartbeats=False)


def test_an_unreadable_heartbeat_header_still_marks_a_heartbeat() -> None:
    record = Record("t", 0, 1, 0.0, None, b"{}", ((HEARTBEAT_HEADER, b"\xff"),))

    assert heartbeat.sent_at(record) == b"\xff"
    assert heartbeat.epoch_seconds(b"\xff") == 0.0
    assert heartbeat.epoch_seconds(b"yesterday") == 0.0
