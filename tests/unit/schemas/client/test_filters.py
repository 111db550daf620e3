"""Which messages each filter of a subscription selects."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.article import EnrichedArticle
from schemas.client import filters, subscribe
from schemas.dead_letter import DeadLetter
from schemas.story import Story
from services.contract import json_schemas

ENTITY = {
    **json_schemas.example(EnrichedArticle)["entities"][0],
    "entity_id": "organisation:nato",
    "name": "North Atlantic Treaty Organization",
    "type": "organisation",
    "wikidata_id": "Q7184",
    "external_ids": {"ticker": "OSL:NAT", "lei": "0000000000000000SK98"},
    "mentions": [{"field": "body", "start": 0, "end": 4, "text": "NATO", "by": "gazetteer"}],
}


def article(**fields: Any) -> EnrichedArticle:
    value = {**json_schemas.example(EnrichedArticle), "entities": [ENTITY], **fields}
    return EnrichedArticle.model_validate(value)


def takes(kind: str, message: Any, **wanted: Any) -> bool:
    return filters.build(kind, wanted, None)(message)


@pytest.mark.parametrize(
    "entity",
    [
        "organisation:nato",
        "NATO",
        "nato",
        "north  atlantic treaty organization",
        "Q7184",
        "osl:nat",
    ],
    ids=["id", "as the article says", "capitals", "canonical name", "wikidata", "ticker"],
)
def test_an_entity_is_found_by_any_of_its_names(entity: str) -> None:
    assert takes("enriched", article(), entity=entity)
    assert takes("enriched", article(), entity=["nobody", entity])


def test_a_part_of_a_name_is_not_the_name() -> None:
    assert not takes("enriched", article(), entity="NAT")


@pytest.mark.parametrize(
    ("wanted", "language", "taken"),
    [
        ("en", "en", True),
        ("en", "en-GB", True),
        ("EN-gb", "en-GB", True),
        ("en-GB", "en", False),
        ("e", "en", False),
        (("fr", "ru"), "ru", True),
    ],
)
def test_a_language_takes_its_regions(wanted: Any, language: str, taken: bool) -> None:  # noqa: FBT001
    assert takes("enriched", article(language=language), language=wanted) is taken


def test_an_outlet_is_found_by_source_or_by_the_name_it_gives_itself() -> None:
    one = article(source="post.example", site_name="Harbour Post")

    assert takes("enriched", one, outlet="post.example")
    assert takes("enriched", one, outlet="harbour post")
    assert not takes("enriched", one, outlet="other.example")


def test_all_filters_must_hold() -> None:
    one = article(language="en")

    assert takes("enriched", one, entity="NATO", language="en", story=one.story_id)
    assert not takes("enriched", one, entity="NATO", language="fr")
    assert takes("enriched", one, entity=None, language=None)


def test_a_function_decides_beside_the_filters() -> None:
    test = filters.build("enriched", {"language": "en"}, lambda one: one.word_count > 400)

    assert test(article(word_count=401))
    assert not test(article(word_count=400))
    assert not test(article(word_count=401, language="fr"))


def test_stories_are_chosen_by_entity_change_language_and_outlet() -> None:
    story = Story.model_validate(json_schemas.example(Story))

    assert takes("stories", story, entity="Skarholm", change="updated", language="en")
    assert takes("stories", story, outlet="harbourpost.example", story=story.story_id)
    assert not takes("stories", story, change=["merged", "split"])


def test_an_entity_is_found_by_the_id_and_the_name_that_it_had_before() -> None:
    aliases = [{"entity_id": "organisation:alliance", "name": "Alliance"}]
    one = article(entities=[{**ENTITY, "aliases": aliases}])
    listed = {key: ENTITY[key] for key in ("entity_id", "name", "type")}
    entities = [{**listed, "weight": 0.5, "aliases": aliases}]
    story = Story.model_validate({**json_schemas.example(Story), "entities": entities})

    for kind, message in (("enriched", one), ("stories", story)):
        assert takes(kind, message, entity="organisation:alliance")
        assert takes(kind, message, entity="alliance")
        assert not takes(kind, message, entity="OSCE")


def test_dead_letters_are_chosen_by_outcome_reason_and_stage() -> None:
    letter = DeadLetter.model_validate(json_schemas.example(DeadLetter))

    assert takes("dead-letters", letter, outcome="failed", reason="not_json", stage="cleaning")
    assert not takes("dead-letters", letter, outcome="filtered")


@pytest.mark.parametrize(
    ("topic", "options", "error", "said"),
    [
        ("enriched", {"verdict": "orignal"}, ValueError, "is none of original, copy"),
        ("enriched", {"change": "merged"}, TypeError, "has no filter 'change'"),
        ("enriched", {"language": ""}, ValueError, "language is empty"),
        ("enriched", {"entity": []}, ValueError, "entity is empty"),
        ("enriched", {"group": ""}, ValueError, "group is empty"),
        ("enriched", {"since": "yesterday"}, ValueError, "say 'earliest', 'latest'"),
        ("enriched", {"on_unreadable": "ignore"}, ValueError, "'raise' or 'skip'"),
        ("enriched", {"consumer": {"group_id": "x"}}, ValueError, "can't set group_id"),
        ("enriched", {"processing_timeout": 0}, ValueError, "above 0"),
        ("storys", {}, ValueError, "There is no subscription 'storys'; there are enriched"),
    ],
)
def test_a_meaningless_option_is_reported_before_anything_is_read(
    topic: Any, options: Any, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        subscribe(topic, **options)
