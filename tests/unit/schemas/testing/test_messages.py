"""The messages that the test kit makes are valid and consistent, as those of the pipeline are."""

from __future__ import annotations

import jsonschema
import pytest

from schemas import testing
from schemas.article import EnrichedArticle, Status, VerdictKind
from schemas.base import Message
from schemas.story import Story, StoryChange
from schemas.tags import Entity
from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES
from services.contract import json_schemas

TITLE = "NATO opens rescue centre near Oslo"
BODY = 'NATO opened a centre in Oslo. "We waited two years," said Ida Falk of NATO.'


def nato() -> EnrichedArticle:
    quote = {"text": "We waited two years,", "start": 31, "end": 51, "speaker": "Ida Falk"}
    entities: list[str | Entity] = ["NATO", testing.entity("Ida Falk", "person", salience=0.4)]
    return testing.article(title=TITLE, body=BODY, entities=entities, quotes=[quote])


def every_kind() -> list[tuple[Message, dict[str, object]]]:
    first = nato()
    copy = testing.copy_of(first, source="coastradio.example")
    one, other = testing.story(first, copy), testing.story(testing.article())
    articles = [first, copy, testing.revision_of(first, title="Oslo"), testing.retraction_of(copy)]
    stories = [one, other, testing.story(testing.article(), after=one), *testing.merge(one, other)]
    return [
        *((made, json_schemas.schema(ENRICHED)) for made in articles),
        *((made, json_schemas.schema(STORIES)) for made in stories),
        (testing.dead_letter(), json_schemas.schema(DEAD_LETTERS)),
    ]


def test_every_message_satisfies_the_schema_of_the_contract() -> None:
    for message, schema in every_kind():
        jsonschema.validate(message.model_dump(mode="json", exclude_none=True), schema)


def test_the_same_call_makes_the_same_message_and_another_title_another_article() -> None:
    assert nato() == nato()
    assert testing.article(title="A").article_id != testing.article(title="B").article_id


def test_mentions_and_quotes_are_where_they_say_in_every_revision() -> None:
    first = nato()
    longer = testing.revision_of(first, title="Centre opens", body="On Sunday, " + BODY)
    without = testing.revision_of(first, title="Centre opens", body="NATO opened a centre.")

    for article, mentions in ((first, 4), (longer, 3), (without, 1)):
        found = [(m, m.field) for entity in article.entities for m in entity.mentions]
        assert len(found) == mentions
        for mention, field in found:
            assert getattr(article, field)[mention.start : mention.end] == mention.text
        for quote in article.quotes:
            assert article.body[quote.start : quote.end] == quote.text
    assert len(longer.quotes) == 1
    assert [one.name for one in without.entities] == ["NATO"]
    assert without.quotes == []


def test_an_entity_that_is_not_mentioned_is_refused() -> None:
    with pytest.raises(ValueError, match="'OPEC' is mentioned neither"):
        testing.article(entities=["OPEC"])


def test_a_revision_follows_the_one_before_and_says_what_changed() -> None:
    first = nato()
    second = testing.revision_of(first, body=BODY + " It is open.", authors=["Nora Winter"])
    third = testing.retraction_of(second)

    assert {one.article_id for one in (first, second, third)} == {first.article_id}
    assert [one.verdict.revision for one in (first, second, third)] == [1, 2, 3]
    assert third.verdict.previous_revision_id == second.revision_id
    assert second.verdict.changed == ["body", "authors"]
    assert second.verdict.kind is VerdictKind.REVISION
    assert (third.status, third.verdict.kind) == (Status.RETRACTED, VerdictKind.RETRACTION)
    assert third.verdict.changed == ["status"]
    with pytest.raises(ValueError, match="A revision changes one or more of title"):
        testing.revision_of(first, site_name="Harbour Post")


def test_a_copy_names_the_original_also_when_it_copies_a_copy() -> None:
    first = nato()
    copy = testing.copy_of(first, source="coastradio.example")
    near = testing.copy_of(copy, source="island.example", body=BODY + " More follows soon.")

    assert copy.article_id != first.article_id
    assert near.verdict.copy_of == copy.verdict.copy_of == first.article_id
    assert copy.verdict.similarity == 1.0
    assert near.verdict.share_of_original == 1.0
    assert 0 < (near.verdict.similarity or 0) < 1
    assert near.story_id == first.story_id


def test_a_story_counts_the_last_revision_of_each_article() -> None:
    first = nato()
    copy = testing.copy_of(first, source="coastradio.example")
    begun = testing.story(first)
    grown = testing.story(
        copy, testing.revision_of(first, title="Oslo"), testing.retraction_of(copy), after=begun
    )

    assert (begun.version, begun.change) == (1, StoryChange.CREATED)
    assert (grown.version, grown.change) == (2, StoryChange.UPDATED)
    assert grown.story_id == begun.story_id == first.story_id
    assert [one.title for one in grown.articles] == ["Oslo", TITLE]
    counts = (grown.article_count, grown.original_count, grown.copy_count, grown.retraction_count)
    assert counts == (2, 1, 0, 1)


def test_a_revision_of_a_copy_is_listed_as_the_copy_and_names_no_original() -> None:
    first = nato()
    copy = testing.copy_of(first, source="coastradio.example")
    revised = testing.revision_of(copy, title="Oslo")

    grown = testing.story(first, copy, revised)
    assert revised.verdict.copy_of is None  # as in the pipeline
    assert (grown.original_count, grown.copy_count) == (1, 1)


def test_a_merge_ends_one_story_and_gives_its_articles_to_the_other() -> None:
    first, other = nato(), testing.article()
    ended, grown = testing.merge(testing.story(first), into=testing.story(other))

    assert ended.merged_into == grown.story_id == other.story_id
    assert (ended.change, grown.change) == (StoryChange.MERGED, StoryChange.UPDATED)
    assert (ended.version, grown.version) == (2, 2)
    assert {one.article_id for one in grown.articles} == {first.article_id, other.article_id}
    assert {one.name for one in grown.entities} == {"NATO", "Ida Falk"}


def test_a_story_without_articles_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one article"):
        testing.story()


def test_fields_are_validated() -> None:
    with pytest.raises(ValueError, match="url"):
        testing.article(url="not a url")
    assert isinstance(testing.story(nato(), headline="Mine"), Story)
