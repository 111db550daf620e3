"""A page that was fetched again is a revision only if its article changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from schemas.article import (
    DateSource,
    FactSource,
    Genre,
    GenreKind,
    Image,
    Precision,
    StatedDate,
    StatedText,
    StatedTexts,
    TaggedArticle,
    VerdictKind,
    Video,
)
from services.dedup.decision import Decision, DecisionKind
from services.dedup.storage.article_row import decode_article, encode_article
from services.dedup.storage.rows import ARTICLES
from services.messaging.revision import REVISED_FIELDS
from tests.unit.dedup.make import PersistedShard, article, prose, retracted

DATE = StatedDate(value="2031-05-03", precision=Precision.DAY, origin=DateSource.META)
CHANGES: dict[str, Any] = {
    "title": "After",
    "body": prose(1) + " More was said later on.",
    "authors": ["Ida Falk"],
    "published": DATE,
    "modified": DATE,
    "section": "Local",
    "accessible_for_free": False,
    "section_path": StatedTexts(values=["News", "Local"], origin=FactSource.META),
    "genre": Genre(value=GenreKind.OPINION, origin=FactSource.JSON_LD),
    "description": StatedText(value="The ferry sails again.", origin=FactSource.META),
    "keywords": StatedTexts(values=["ferries", "ports"], origin=FactSource.META),
    "image": Image(url="https://a.example/ferry.jpg", origin=FactSource.OPEN_GRAPH),
    "video": Video(url="https://a.example/ferry.mp4", origin=FactSource.PAGE),
}
OLD_ID, NEW_ID = "0" * 32, "1" * 32


def one(**more: Any) -> TaggedArticle:
    return article("one", prose(1), title="Before").model_copy(update=more)


def changed(decision: Decision) -> list[str]:
    assert decision.verdict is not None, decision
    return decision.verdict.changed


def as_stored_by_version_0_1_0(dedup: PersistedShard) -> None:
    """Remove the fields that version 0.1.0 did not store from the rows."""
    for (table, key), row in dedup.rows.rows.items():
        if table == ARTICLES and len(key) == len(OLD_ID):
            assert row is not None
            stored = decode_article(row)
            stored.details.field_hashes = stored.details.retraction_hashes = None
            dedup.rows.rows[table, key] = encode_article(replace(stored))
    dedup.restart()


def test_the_same_article_under_another_revision_id_is_unchanged() -> None:
    """A cleaning worker of version 0.1.0 computes revision ids from the whole page."""
    dedup = PersistedShard()
    first = dedup.take(one(revision_id=OLD_ID))
    again = dedup.take(one(revision_id=NEW_ID, kept_share=0.2, url="https://one.example/1?a=b"))

    assert again.kind is DecisionKind.UNCHANGED
    assert again.changes == ()
    assert first.story_id is not None
    story = dedup.shard.story(first.story_id)
    assert story is not None
    assert story.version == 1


def test_each_field_that_can_change_within_a_language_is_tried() -> None:
    """Another language is another partition; a changed status is a retraction."""
    assert set(CHANGES) == set(REVISED_FIELDS) - {"language", "status"}


def test_distance_in_time_of_another_visit_changes_nothing() -> None:
    dedup = PersistedShard()
    dedup.take(one(published=DATE.model_copy(update={"relative": True})))
    later = StatedDate(
        value="2031-05-04", precision=Precision.DAY, origin=DateSource.TEXT, relative=True
    )
    again = dedup.take(one(revision_id=NEW_ID, published=later))

    assert again.kind is DecisionKind.UNCHANGED


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_is_a_revision_that_names_it(name: str) -> None:
    dedup = PersistedShard()
    dedup.take(one())
    decision = dedup.take(one(revision_id=NEW_ID, **{name: CHANGES[name]}))

    assert changed(decision) == [name]
    assert decision.verdict is not None
    assert decision.verdict.reason == f"revision 2 of the article: changed {name}"


@pytest.mark.parametrize("name", CHANGES)
def test_restoring_the_earlier_value_of_a_field_is_another_revision(name: str) -> None:
    dedup = PersistedShard()
    dedup.take(one())
    dedup.take(one(revision_id=NEW_ID, **{name: CHANGES[name]}))
    decision = dedup.take(one())

    assert changed(decision) == [name]
    assert decision.verdict is not None
    assert decision.verdict.revision == 3


def test_a_retraction_fetched_again_is_unchanged_and_one_with_another_notice_is_not() -> None:
    dedup = PersistedShard()
    dedup.take(one())
    gone = retracted("one")
    assert changed(dedup.take(gone)) == ["status"]

    again = dedup.take(gone.model_copy(update={"revision_id": NEW_ID}))
    notice = dedup.take(retracted("one", revision_id=OLD_ID).model_copy(update={"body": "Wrong."}))

    assert again.kind is DecisionKind.UNCHANGED
    assert again.changes == ()
    assert changed(notice) == ["body"]
    assert notice.verdict is not None
    assert (notice.verdict.kind, notice.verdict.revision) == (VerdictKind.RETRACTION, 3)
    assert notice.stories == ()


def test_the_retraction_of_an_unknown_article_fetched_again_is_unchanged() -> None:
    dedup = PersistedShard()
    dedup.take(retracted("nobody"))

    again = dedup.take(retracted("nobody", revision_id=NEW_ID))

    assert again.kind is DecisionKind.UNCHANGED


def test_the_first_refetch_after_an_upgrade_is_unchanged() -> None:
    """The old row has no authors, so later articles are compared with those of the refetch."""
    dedup = PersistedShard()
    dedup.take(one(revision_id=OLD_ID, authors=["Ida Falk"]))
    as_stored_by_version_0_1_0(dedup)

    refetched = dedup.take(one(revision_id=NEW_ID, authors=["Ida Falk"]))
    dedup.restart()
    again = dedup.take(one(revision_id=NEW_ID, authors=["Ida Falk"]))
    revised = dedup.take(one(revision_id="2" * 32, authors=["Per Lind"]))

    assert (refetched.kind, again.kind) == (DecisionKind.UNCHANGED, DecisionKind.UNCHANGED)
    assert again.changes == ()
    assert changed(revised) == ["authors"]
    assert revised.verdict is not None
    assert revised.verdict.previous_revision_id == OLD_ID, "not the published revision"


def test_a_revision_after_an_upgrade_names_only_fields_that_are_known_to_have_changed() -> None:
    dedup = PersistedShard()
    dedup.take(one(revision_id=OLD_ID, authors=["Ida Falk"]))
    as_stored_by_version_0_1_0(dedup)

    revised = dedup.take(one(revision_id=NEW_ID, authors=["Ida Falk"], title="After"))

    assert changed(revised) == ["title"]


def test_a_retraction_from_before_an_upgrade_fetched_again_is_unchanged() -> None:
    dedup = PersistedShard()
    dedup.take(one())
    dedup.take(retracted("one", revision_id=OLD_ID))
    as_stored_by_version_0_1_0(dedup)

    again = dedup.take(retracted("one", revision_id=NEW_ID))

    assert again.kind is DecisionKind.UNCHANGED


@pytest.mark.parametrize("old_rows", [False, True])
def test_a_message_repeated_under_another_revision_id_has_the_same_outcome(
    old_rows: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Cleaning crashed before its commit, and another version of it processes the message again."""
    dedup = PersistedShard()
    dedup.take(one(revision_id=OLD_ID))
    first = dedup.take(one(revision_id=OLD_ID[:-1] + "5", title="After"))
    if old_rows:
        as_stored_by_version_0_1_0(dedup)

    again = dedup.take(one(revision_id=NEW_ID, title="After"), sequence=2)

    assert again.kind is DecisionKind.REDELIVERED
    assert (again.verdict, again.revision_id) == (first.verdict, first.revision_id)
    assert [update.story_id for update in again.stories] == [first.story_id]


@pytest.mark.parametrize("old_rows", [False, True])
def test_an_unchanged_message_that_is_redelivered_after_a_revision_is_unchanged(
    old_rows: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    dedup = PersistedShard()
    dedup.take(one())
    if old_rows:
        as_stored_by_version_0_1_0(dedup)
    kinds = [
        dedup.take(one(revision_id=NEW_ID), sequence=2).kind,
        dedup.take(one(revision_id=OLD_ID, title="After"), sequence=3).kind,
        dedup.take(one(revision_id=NEW_ID), sequence=2).kind,
        dedup.take(one(revision_id=OLD_ID, title="After"), sequence=3).kind,
    ]

    assert kinds == [
        DecisionKind.UNCHANGED,
        DecisionKind.DECIDED,
        DecisionKind.UNCHANGED,
        DecisionKind.REDELIVERED,
    ]
