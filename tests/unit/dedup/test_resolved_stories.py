"""One person has one id across the articles of a story."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from schemas.article import EnrichedArticle
from schemas.story import Story, StoryChange, StoryEntity
from schemas.tags import Entity, EntityType, Quote, TextField
from schemas.topics import ENRICHED, STORIES
from services.dedup.core import MAX_HISTORY
from services.dedup.entity_resolution.resolution import MAX_RESOLVED
from services.dedup.storage.article_row import ArticleDetails, PastDecision, decode_details
from services.dedup.storage.row_store import InMemoryTables
from services.dedup.storage.rows import ARTICLES
from services.dedup.stories.story_codec import decode_story, encode_story
from services.dedup.stories.story_fields import EntityWeight, ListedVerdict
from services.dedup.stories.story_row import StoryRow
from services.messaging.records import Record
from tests.unit.dedup.make import PersistedShard, article, entity
from tests.unit.dedup.test_stage import record, sent_messages, stage
from tests.unit.dedup.test_stories import BODY, OTHER

THIRD = (
    "Islanders cheered as the ferry sailed to Skarholm again on Sunday, two years after the quay "
    "was closed for repairs. Head of the line Falk met the first passengers of the full boat at "
    "the landing stage. The crossing takes forty minutes and costs nine marks."
)
PLACE = entity("Skarholm")


def person(name: str, salience: float = 0.7) -> Entity:
    return entity(name, EntityType.PERSON, salience)


FULL, SHORT = person("Ida Falk"), person("Falk")
RIVAL = person("Jens Falk")


def ferry(number: int, body: str, *entities: Entity, **more: Any) -> Record:
    """Return a record of an article about the ferry, tagged with the entities."""
    title = ["Ferry to Skarholm reopens", "Skarholm ferry sails again", "Ferry to Skarholm back"]
    given = {"title": title[number % 3], "entities": [PLACE, *entities], "source": f"o{number}.ex"}
    return record(number, body=body, **(given | more))


class Worker:
    """A worker of the dedup stage that stores its rows."""

    def __init__(self) -> None:
        self.rows = InMemoryTables()
        self._stage = stage(self.rows)

    def take(self, one: Record) -> tuple[EnrichedArticle, Story]:
        """Process a record; return its enriched message and the state of its story."""
        (result,) = self._stage.process([one])
        self.rows.apply(result.changes)
        sent = dict(sent_messages(result))
        article = EnrichedArticle.model_validate_json(sent[ENRICHED.name] or b"")
        return article, Story.model_validate_json(sent[STORIES.name] or b"")

    def restart(self) -> None:
        self._stage = stage(self.rows)


def listed(story: Story) -> dict[str, list[str]]:
    """Return the aliases of each person of a story."""
    people = [one for one in story.entities if one.type is EntityType.PERSON]
    return {one.entity_id: [alias.entity_id for alias in one.aliases or ()] for one in people}


def test_a_surname_gets_the_id_of_the_full_name_in_an_earlier_article() -> None:
    worker = Worker()
    first, _ = worker.take(ferry(0, BODY, FULL))
    quote = Quote(text="sails again", start=0, end=11, speaker="Falk", speaker_id="person:falk")
    second, story = worker.take(ferry(1, OTHER, SHORT, quotes=[quote]))

    resolved = second.entities[1]
    assert second.story_id == first.story_id
    assert (resolved.entity_id, resolved.name) == ("person:ida-falk", "Ida Falk")
    assert resolved.resolved_by == "story"
    assert [(one.entity_id, one.name) for one in resolved.aliases or ()] == [
        ("person:falk", "Falk")
    ]
    assert resolved.mentions == SHORT.mentions
    assert (second.quotes[0].speaker, second.quotes[0].speaker_id) == ("Falk", "person:ida-falk")
    assert listed(story) == {"person:ida-falk": ["person:falk"]}
    (one,) = [entity for entity in story.entities if entity.name == "Ida Falk"]
    assert one.weight == pytest.approx(0.7)


def test_the_story_keeps_the_id_that_an_earlier_article_had_as_an_alias() -> None:
    worker = Worker()
    first, before = worker.take(ferry(0, BODY, SHORT))
    second, after = worker.take(ferry(1, OTHER, FULL))

    assert (first.entities[1].entity_id, first.entities[1].resolved_by) == ("person:falk", None)
    assert listed(before) == {"person:falk": []}
    assert (second.entities[1].entity_id, second.entities[1].resolved_by) == (
        "person:ida-falk",
        None,
    )
    assert listed(after) == {"person:ida-falk": ["person:falk"]}


def test_a_second_person_with_the_surname_ends_the_resolution() -> None:
    worker = Worker()
    worker.take(ferry(0, BODY, FULL))
    worker.take(ferry(1, OTHER, SHORT))
    third, story = worker.take(ferry(2, THIRD, RIVAL, SHORT))

    assert [one.resolved_by for one in third.entities] == [None, None, None]
    assert listed(story) == {"person:ida-falk": [], "person:jens-falk": [], "person:falk": []}


def test_a_redelivery_sends_the_same_article_whatever_the_story_says_since() -> None:
    worker = Worker()
    worker.take(ferry(0, BODY, FULL))
    short = ferry(1, OTHER, SHORT)
    sent, _ = worker.take(short)
    worker.take(ferry(2, THIRD, RIVAL))
    worker.restart()

    again, _ = worker.take(short)
    assert sent.entities[1].resolved_by == "story"
    assert again == sent


def test_a_copy_is_resolved_with_the_story_of_its_original() -> None:
    worker = Worker()
    worker.take(ferry(0, BODY, FULL))
    copy, story = worker.take(ferry(1, BODY, SHORT))

    assert copy.verdict.kind == "copy"
    assert copy.entities[1].entity_id == "person:ida-falk"
    assert listed(story) == {"person:ida-falk": []}


def test_two_entities_of_an_article_that_are_one_in_its_story_are_merged() -> None:
    worker = Worker()
    full = entity("North Atlantic Treaty Organization", EntityType.ORGANISATION, 0.6)
    nato, alliance = (entity(one, EntityType.ORGANISATION, 0.5) for one in ("NATO", "Alliance"))
    worker.take(ferry(0, BODY, full))
    second, story = worker.take(ferry(1, OTHER, nato, alliance))

    (resolved,) = [one for one in second.entities if one.type is EntityType.ORGANISATION]
    assert resolved.entity_id == full.entity_id
    assert [one.entity_id for one in resolved.aliases or ()] == [
        "organisation:nato",
        "organisation:alliance",
    ]
    assert len(resolved.mentions) == 2
    assert [one.entity_id for one in story.entities if one.type is EntityType.ORGANISATION] == [
        full.entity_id
    ]


def test_a_form_of_address_that_does_not_fit_prevents_the_resolution() -> None:
    worker = Worker()
    body = "Mrs Falk spoke first. " + OTHER
    at = len("Mrs ")
    mention = SHORT.mentions[0].model_copy(
        update={"field": TextField.BODY, "start": at, "end": at + 4}
    )
    addressed = SHORT.model_copy(update={"mentions": [mention]})
    worker.take(ferry(0, BODY, person("Robert Falk")))
    second, story = worker.take(ferry(1, body, addressed))

    assert second.entities[1].resolved_by is None
    assert listed(story) == {"person:robert-falk": [], "person:falk": []}


def test_resolution_does_not_depend_on_what_was_resolved_before() -> None:
    """Two orders of arrival end with the same entities."""
    ends: list[list[StoryEntity]] = []
    for order in ([0, 1, 2], [2, 1, 0]):
        worker, story = Worker(), None
        given = [(BODY, FULL), (OTHER, SHORT), (THIRD, person("Ida B. Falk"))]
        for number in order:
            body, one = given[number]
            _, story = worker.take(ferry(number, body, one))
        assert story is not None
        ends.append(story.entities)
    assert ends[0] == ends[1]


def test_merged_and_split_stories_keep_how_people_are_addressed() -> None:
    one, other = StoryRow.new(0, ""), StoryRow.new(0, "")
    body = "Mrs Falk and Mr Quist spoke."
    for row, name, at in ((one, "Falk", 4), (other, "Quist", 16)):
        mention = SHORT.mentions[0].model_copy(
            update={"field": TextField.BODY, "start": at, "end": at + len(name), "text": name}
        )
        named = person(name).model_copy(update={"mentions": [mention]})
        row.add_article(article(name, body, entities=[named]), ListedVerdict.ORIGINAL, 0)
    one.absorb(other)

    assert one.addressed == {"person:falk": "f", "person:quist": "m"}
    assert decode_story(encode_story(one)).addressed == one.addressed
    one.entities = {"person:falk": EntityWeight("Falk", "person", 1.0)}
    one.absorb(StoryRow.new(0, ""))
    assert one.addressed == {"person:falk": "f"}


def test_the_resolutions_that_a_row_stores_are_bounded() -> None:
    dedup = PersistedShard()
    names = [f"Falk{chr(97 + n // 5)}{chr(97 + n % 5)}" for n in range(25)]
    dedup.take(article("one", BODY, entities=[PLACE, *(person(f"Ida {one}") for one in names)]))
    short = [PLACE, *map(person, names)]
    for n in range(MAX_HISTORY + 5):
        dedup.take(article("two", OTHER, title=f"Skarholm ferry {n}", entities=short))
    details = decode_details(dedup.rows.rows[ARTICLES, article("two", "").article_id])

    assert [len(found) for found in details.resolutions.values()] == [MAX_RESOLVED] * MAX_HISTORY
    assert list(details.resolutions) == [past.sequence for past in details.history]


def test_rows_are_readable_by_a_worker_that_does_not_know_resolutions() -> None:
    class Details(msgspec.Struct):
        """What the last version reads of an article's row."""

        u: str
        i: list[PastDecision]
        s: str | None

    dedup = PersistedShard()
    dedup.take(article("one", BODY, entities=[PLACE, FULL]))
    dedup.take(article("two", OTHER, entities=[PLACE, SHORT]))
    details = decode_details(dedup.rows.rows[ARTICLES, article("two", "").article_id])
    encoded = msgspec.json.encode(details)
    old = msgspec.json.decode(encoded, type=Details)

    assert details.resolutions
    assert old.s == details.story_id
    fields = msgspec.json.decode(encoded)
    del fields["e"]
    without = msgspec.json.decode(msgspec.json.encode(fields), type=ArticleDetails)
    assert without.resolutions == {}


def test_an_article_alone_in_its_story_is_sent_as_it_was_tagged() -> None:
    sent, story = Worker().take(ferry(0, BODY, FULL, person("Quist")))

    assert sent.entities == [PLACE, FULL, person("Quist")]
    assert story.change is StoryChange.CREATED
    assert listed(story) == {"person:ida-falk": [], "person:quist": []}
