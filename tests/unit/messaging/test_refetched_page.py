"""A page that was fetched again, from the raw message to what dedup makes of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.article import EnrichedArticle, RawArticle
from schemas.topics import ENRICHED, RAW
from services.cleaning.stage import CleaningStage
from services.dedup.stage import DedupStage
from services.dedup.storage.row_store import InMemoryTables
from services.messaging.errors import Reason
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord, Record
from services.processing.stage import DeadLettered, Processed, Result, Stage
from services.settings import Settings
from services.tagging.core import Tagger
from services.tagging.stage import TaggingStage

PAGE = """\
<html lang="en"><head><title>{title}</title><script nonce="{nonce}">run("{nonce}")</script></head>
<body><nav><a href="/">Home</a> <a href="/local">Local</a></nav>
<article><h1>{title}</h1><p class="byline">By Ida Falk</p>
<p>The ferry to Skarholm sails again from Sunday, the harbour office said, after repairs that took
eleven weeks longer than planned.</p>
<p>Several hundred people stood on the quay on Saturday evening to watch the trial run, and the
bakery by the pier stayed open until ten for the first time since the winter.</p></article>
<aside class="advert"><a href="https://adverts.example/{nonce}">{advert}</a></aside>
</body></html>"""


def page(nonce: str, *, title: str = "Ferry line to Skarholm reopens", advert: str) -> RawArticle:
    html = PAGE.format(title=title, nonce=nonce, advert=advert)
    return RawArticle(url="https://a.example/ferry", source="a.example", html=html)


class Stages:
    """The three stages and the rows of dedup."""

    def __init__(self) -> None:
        self.rows = InMemoryTables()
        tagging = TaggingStage(Settings(), tagger=Tagger.load(preload=(), loaders={}))
        self.all: list[Stage] = [
            CleaningStage(Settings()),
            tagging,
            DedupStage(Settings(), self.rows),
        ]


@pytest.fixture
def stages() -> Stages:
    return Stages()


def follow(stages: Stages, article: RawArticle, offset: int) -> tuple[list[Record], Result]:
    """Return the records on the way, the raw one first, and the result of dedup."""
    arrived = datetime(2025, 5, 4, 9, offset, tzinfo=UTC).timestamp()
    sent: OutgoingRecord = raw_record(article)
    way = [Record(RAW.name, 0, offset, arrived, sent.key, sent.value, sent.headers)]
    *before, dedup = stages.all
    for stage in before:
        (result,) = stage.process([way[-1]])
        assert isinstance(result, Processed), result
        (sent,) = result.outgoing
        way.append(Record(sent.topic.name, 0, offset, 0.0, sent.key, sent.value, sent.headers))
    (result,) = dedup.process([way[-1]])
    stages.rows.apply(result.changes)
    return way, result


def header(record: Record | OutgoingRecord, name: str) -> str:
    return dict(record.headers)[name].decode()


def test_another_nonce_and_another_advert_are_unchanged(stages: Stages) -> None:
    first_way, first = follow(stages, page("4f2a", advert="Buy shoes"), 1)
    second_way, second = follow(stages, page("91bc", advert="Spend a week by the sea"), 2)

    assert isinstance(first, Processed)
    assert isinstance(second, DeadLettered)
    assert second.rejected.reason is Reason.UNCHANGED
    assert second.outgoing == (), "no new version of the story"
    assert second.identity is not None
    assert second.identity.revision_id == header(first.outgoing[0], "ce_correlationid")
    # Each visit is an event of its own on the raw topic, and no later one is lost in the first.
    assert header(first_way[0], "ce_id") != header(second_way[0], "ce_id")
    assert header(second_way[1], "ce_causationid") == header(second_way[0], "ce_id")
    assert header(first_way[1], "ce_sequence") != header(second_way[1], "ce_sequence")


def test_another_title_is_a_revision_that_says_so(stages: Stages) -> None:
    follow(stages, page("4f2a", advert="Buy shoes"), 1)
    follow(stages, page("91bc", advert="Spend a week by the sea"), 2)
    _, third = follow(stages, page("77d0", title="Ferry line is open", advert="Buy shoes"), 3)

    assert isinstance(third, Processed)
    article = EnrichedArticle.model_validate_json(third.outgoing[0].value or b"")
    assert third.outgoing[0].topic is ENRICHED
    assert (article.verdict.revision, article.verdict.changed) == (2, ["title"])
    assert len(third.outgoing) == 2, "the article and its story"


def test_a_message_cleaned_anew_by_another_version_is_the_same_event(
    stages: Stages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cleaning crashed before its commit, and the next version of it makes ids in another way."""
    _, first = follow(stages, page("4f2a", advert="Buy shoes"), 1)
    monkeypatch.setattr("services.messaging.revision.revision_id", lambda _article: "another")
    way, again = follow(stages, page("4f2a", advert="Buy shoes"), 1)

    assert header(way[1], "ce_correlationid") == "another"
    assert isinstance(first, Processed)
    assert isinstance(again, Processed)
    assert again.outgoing[0].value == first.outgoing[0].value
    assert header(again.outgoing[0], "ce_id") == header(first.outgoing[0], "ce_id")
