"""A story states the external ids of its entities, also after merges, splits and upgrades."""

from __future__ import annotations

from schemas.story import Story
from schemas.tags import Entity, EntityType, ExternalIds
from services.dedup.stories.external_ids import message_ids, stored_ids
from services.dedup.stories.story_codec import decode_story, encode_story
from services.dedup.stories.story_fields import ListedVerdict
from services.dedup.stories.story_row import MAX_ENTITIES, StoryRow
from tests.unit.dedup.make import PersistedShard, article, entity, prose
from tests.unit.dedup.test_splits import NAMES, Run, report

IDS = ExternalIds(ticker="OSL:QRY", wikidata="Q42")


def company(ids: ExternalIds | None = IDS, name: str = "Quarry") -> Entity:
    return entity(name, EntityType.ORGANISATION).model_copy(update={"external_ids": ids})


def oslo(number: str = "3143244") -> Entity:
    ids = ExternalIds(geonames=number)
    return entity("Oslo").model_copy(update={"entity_id": "geonames:3143244", "external_ids": ids})


def ids_of(story: Story | None) -> dict[str, ExternalIds | None]:
    assert story is not None
    return {one.name: one.external_ids for one in story.entities}


def test_a_story_states_the_ids_of_its_entities_and_places() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", prose(1), entities=[company(), oslo(), entity("Brenna")]))
    story = dedup.shard.story(str(first.story_id))

    expected = {"Quarry": IDS, "Oslo": ExternalIds(geonames="3143244"), "Brenna": None}
    assert ids_of(story) == expected
    assert story is not None
    assert {one.name: one.external_ids for one in story.places} == {
        "Oslo": expected["Oslo"],
        "Brenna": None,
    }
    dedup.restart()
    assert ids_of(dedup.shard.story(str(first.story_id))) == expected


def test_ids_are_kept_if_a_later_article_has_none_and_taken_from_the_latest_that_has() -> None:
    row = StoryRow.new(0, "")
    for number, ids in enumerate(("Q1", "Q2", None)):
        named = company(ExternalIds(wikidata=ids) if ids else None)
        row.add_article(
            article(str(number), prose(number), entities=[named]), ListedVerdict.ORIGINAL, 0
        )

    assert row.external_ids == {"organisation:quarry": {"wikidata": "Q2"}}


def test_a_merged_story_has_the_ids_of_both() -> None:
    rows = [StoryRow.new(0, ""), StoryRow.new(0, "")]
    for row, named in zip(rows, (company(), company(name="Harbour")), strict=True):
        row.add_article(article(named.name, prose(1), entities=[named]), ListedVerdict.ORIGINAL, 0)
    rows[0].absorb(rows[1])

    stored = {"wikidata": "Q42", "ticker": "OSL:QRY"}
    assert rows[0].external_ids == {"organisation:quarry": stored, "organisation:harbour": stored}


def test_ids_of_entities_that_a_story_leaves_out_are_left_out() -> None:
    row = StoryRow.new(0, "")
    for number in range(MAX_ENTITIES + 5):
        named = company(name=f"Quarry {number}").model_copy(update={"salience": number / 100})
        row.add_article(
            article(str(number), prose(number), entities=[named]), ListedVerdict.ORIGINAL, 0
        )

    assert row.external_ids.keys() == row.entities.keys()
    assert len(row.entities) == MAX_ENTITIES


def test_both_stories_of_a_split_have_the_ids() -> None:
    run = Run()
    decisions = []
    for name in NAMES:
        one = report(name)
        named = [
            company(name=one.name).model_copy(update={"entity_id": one.entity_id})
            for one in one.entities
        ]
        decisions.append(run.take(name, one.model_copy(update={"entities": named})))
    old = run.story(decisions[0])
    new = run.shard.story(old.split_into[0])

    assert set(ids_of(old).values()) == set(ids_of(new).values()) == {IDS}


def test_a_geonames_id_that_follows_from_the_entitys_id_is_not_stored() -> None:
    assert stored_ids([oslo()]) == {}
    assert message_ids("geonames:3143244", None) == ExternalIds(geonames="3143244")


def test_another_geonames_id_is_stored_and_sent() -> None:
    assert stored_ids([oslo("77")]) == {"geonames:3143244": {"geonames": "77"}}
    assert message_ids("geonames:3143244", {"geonames": "77"}) == ExternalIds(geonames="77")


def test_a_row_without_ids_is_written_as_before_and_one_with_ids_is_read_again() -> None:
    row = StoryRow.new(0, "")
    assert b'"ei"' not in encode_story(row)

    row.add_article(article("one", prose(1), entities=[company()]), ListedVerdict.ORIGINAL, 0)
    assert decode_story(encode_story(row)).external_ids == row.external_ids != {}
