"""Which differences a comparison of two sets of outputs finds, and which it ignores."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.messaging.dead_letters import Identity, create
from services.messaging.errors import Reason, Rejected
from services.messaging.records import Record
from services.operations.diff import FIELDS, Comparison, Report

ENTITY = {"entity_id": "person:ida-falk", "mentions": [{"start": 3}]}


def enriched(number: int, **fields: Any) -> Record:
    article = {
        "article_id": f"a{number}",
        "revision_id": f"r{number}",
        "ingested_at": "2025-05-04T06:00:00Z",
        "title": "Ferry",
        "body": "The ferry sails again.",
        "entities": [ENTITY],
        "verdict": {"kind": "original", "revision": 1},
        "story_id": f"s{number}",
        **fields,
    }
    return record(article)


def story(story_id: str, *articles: int, into: str | None = None) -> Record:
    listed = [{"article_id": f"a{number}"} for number in articles]
    return record({"story_id": story_id, "articles": listed, "merged_into": into})


def record(value: Any) -> Record:
    return Record("t", 0, 0, 1.7e9, b"k", json.dumps(value).encode())


def letter(number: int, reason: Reason) -> Record:
    raw = Record("newsloom.articles.raw", 0, number, 1_746_338_400.0, b"k", b"{}")
    out = create("cleaning", raw, Rejected(reason, "x"), Identity(f"a{number}", f"r{number}"))
    return Record("d", 0, 0, 1.7e9, out.key, out.value, out.headers)


def compared(
    ours: list[Record], theirs: list[Record], stories: tuple[list[Record], list[Record]] = ([], [])
) -> Report:
    with Comparison() as comparison:
        for side, records in enumerate((ours, theirs)):
            for one in records:
                comparison.add_enriched(side, one)
        for side, records in enumerate(stories):
            for one in records:
                comparison.add_story(side, one)
        return comparison.report()


def test_the_same_outputs_are_equal() -> None:
    report = compared([enriched(1), enriched(2)], [enriched(2), enriched(1)])

    assert report.same
    assert (report.compared, report.only, report.stories) == (2, (0, 0), (2, 2))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"title": "Boat"}, "title"),
        ({"body": "It sinks."}, "body"),
        ({"published": {"value": "2025"}}, "published"),
        ({"quotes": [{"text": "Ah"}]}, "quotes"),
        ({"verdict": {"kind": "copy"}}, "verdict"),
        ({"verdict": {"kind": "original", "copy_of": "x"}}, "copy of"),
    ],
)
def test_a_changed_field_is_counted_under_its_name(change: dict[str, Any], name: str) -> None:
    report = compared([enriched(1), enriched(2)], [enriched(1), enriched(2, **change)])

    assert report.fields == {name: 1}
    assert report.examples == {name: ["a2"]}


def test_a_mention_in_another_place_is_the_same_entity() -> None:
    moved = {**ENTITY, "mentions": [{"start": 5}]}
    other = {**ENTITY, "entity_id": "person:ida"}

    assert compared([enriched(1)], [enriched(1, entities=[moved])]).fields == {"mentions": 1}
    found = compared([enriched(1)], [enriched(1, entities=[other])]).fields
    assert found == {"entities": 1, "mentions": 1}


def test_a_null_field_equals_a_missing_field() -> None:
    assert compared([enriched(1)], [enriched(1, section=None)]).same


def test_every_field_of_the_contract_is_compared() -> None:
    assert {"title", "body", "published", "authors", "language", "quotes", "status"} <= set(FIELDS)


def test_an_article_with_another_outcome_is_reported() -> None:
    with Comparison() as comparison:
        comparison.add_dead_letter(0, letter(1, Reason.TOO_SHORT))
        comparison.add_enriched(1, enriched(1))
        comparison.add_enriched(1, enriched(2))
        report = comparison.report()

    assert report.outcomes == {"filtered: too_short → enriched": 1}
    assert (report.compared, report.only) == (1, (0, 1))


def test_articles_with_other_texts_are_compared_although_their_revision_ids_differ() -> None:
    """Another cleaner finds another text, and the revision id is made from the text."""
    theirs = enriched(1, body="The ferry sails.", revision_id="other")

    report = compared([enriched(1)], [theirs])

    assert (report.compared, report.fields) == (1, {"body": 1})


def test_each_message_of_an_article_is_compared_separately() -> None:
    later = {"ingested_at": "2025-05-04T06:00:00.001Z", "title": "Ferry again"}

    report = compared([enriched(1), enriched(1, **later)], [enriched(1, **later), enriched(1)])

    assert (report.compared, report.same) == (2, True)


def test_a_message_that_was_filtered_and_enriched_when_it_was_redriven_is_enriched() -> None:
    """This does not depend on the order in which they are read."""
    with Comparison() as comparison:
        comparison.add_dead_letter(0, letter(1, Reason.UNCHANGED))
        comparison.add_enriched(0, enriched(1))
        comparison.add_enriched(1, enriched(1))
        comparison.add_dead_letter(1, letter(1, Reason.UNCHANGED))

        assert comparison.report().same


def test_articles_from_before_the_time_do_not_count() -> None:
    with Comparison(datetime(2025, 5, 4, 7, tzinfo=UTC)) as comparison:
        comparison.add_enriched(0, enriched(1))
        comparison.add_dead_letter(0, letter(2, Reason.TOO_SHORT))
        comparison.add_enriched(0, enriched(3, ingested_at="2025-05-04T09:00:00+02:00"))

        assert comparison.report().only == (1, 0)


def test_stories_with_other_ids_and_the_same_articles_are_equal() -> None:
    ours = [enriched(n, story_id=f"s{n // 3}") for n in range(9)]
    theirs = [enriched(n, story_id=f"other{n // 3}") for n in range(9)]

    assert compared(ours, theirs).same


def test_an_article_in_a_different_story_is_counted() -> None:
    ours = [enriched(n, story_id=f"s{n // 3}") for n in range(9)]
    theirs = [enriched(n, story_id="s2" if n == 0 else f"s{n // 3}") for n in range(9)]

    report = compared(ours, theirs)

    assert (report.moved, report.placed, report.examples["story"]) == (1, 9, ["a0"])


def test_a_merged_story_counts_as_its_successor() -> None:
    """This holds over several merges, and if an article is split off later."""
    ours = [enriched(n, story_id="s") for n in range(4)]
    theirs = [enriched(n, story_id=f"s{n}") for n in range(4)]
    merged = [story(f"s{n}", into=f"s{n + 1}") for n in range(3)]

    assert compared(ours, theirs, ([], merged)).same


def test_the_last_state_of_a_story_determines_its_articles() -> None:
    ours = [enriched(n, story_id="s") for n in range(4)]
    theirs = [enriched(0, story_id="t"), *(enriched(n, story_id="s") for n in (1, 2, 3))]
    split = [story("t", 0), story("s", 0, 1, 2, 3), story("s", 1, 2, 3)]

    assert compared(ours, theirs, (split, [])).same


@given(st.lists(st.integers(0, 4), max_size=30), st.permutations(range(5)))
def test_renaming_stories_changes_nothing(places: list[int], names: list[int]) -> None:
    ours = [enriched(n, story_id=f"s{place}") for n, place in enumerate(places)]
    theirs = [enriched(n, story_id=f"s{names[place]}") for n, place in enumerate(places)]

    assert compared(ours, theirs).same


def test_foreign_records_are_skipped() -> None:
    with Comparison() as comparison:
        for value in (None, b"", b"[]", b"{}", b"\xff", b'{"ingested_at": 5}'):
            one = Record("t", 0, 0, 0.0, b"k", value)
            comparison.add_enriched(0, one)
            comparison.add_dead_letter(0, one)
            comparison.add_story(0, one)

        assert comparison.report().same
