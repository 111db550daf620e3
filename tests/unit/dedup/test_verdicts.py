"""One verdict for each article: original, copy, revision, retraction."""

import random

import pytest

from schemas.article import CopyKind, VerdictKind
from services.dedup.decision import DecisionKind
from tests.unit.dedup.make import PersistedShard, article, prose, retracted


def test_the_same_words_are_an_exact_copy_that_names_the_original() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", prose(1)))
    second = dedup.take(article("two", prose(1), title="Another headline"))

    assert first.verdict is not None
    assert second.verdict is not None
    assert first.verdict.kind is VerdictKind.ORIGINAL
    assert second.verdict.copy_kind is CopyKind.EXACT
    assert second.verdict.similarity == 1.0
    assert second.story_id == first.story_id


def test_a_copy_of_a_copy_names_the_original() -> None:
    dedup = PersistedShard()
    original = article("one", prose(1))
    dedup.take(original)
    dedup.take(article("two", "Wire service, late edition of today\n\n" + prose(1)))
    third = dedup.take(
        article("three", "Wire service, late edition of today\n\n" + prose(1) + " End.")
    )

    assert third.verdict is not None
    assert third.verdict.copy_of == original.article_id


@pytest.mark.parametrize("part", [0.2, 0.34, 0.5])
def test_the_first_part_of_a_text_is_an_excerpt(part: float) -> None:
    dedup = PersistedShard()
    body = prose(2, 300)
    dedup.take(article("one", body))
    teaser = dedup.take(article("two", body[: int(len(body) * part)]))

    assert teaser.verdict is not None
    assert teaser.verdict.copy_kind is CopyKind.EXCERPT
    assert teaser.verdict.share_in_original is not None
    assert teaser.verdict.share_of_original is not None
    assert teaser.verdict.share_in_original > 0.9 > teaser.verdict.share_of_original


def test_a_text_that_contains_an_earlier_teaser_names_it_as_the_original() -> None:
    dedup = PersistedShard()
    body = prose(2, 300)
    teaser = article("one", body[: len(body) // 3])
    dedup.take(teaser)
    whole = dedup.take(article("two", body))

    assert whole.verdict is not None
    assert whole.verdict.copy_of == teaser.article_id


def test_a_text_with_wrong_letters_throughout_is_still_a_copy() -> None:
    dedup = PersistedShard()
    for seed in range(20, 60):
        dedup.take(article(f"other{seed}", prose(seed, 200)))
    body = prose(20, 200)
    chance = random.Random(4)  # noqa: S311 - a text, not a secret
    garbled = "".join(
        chance.choice("abcdefgh") if c.isalpha() and chance.random() < 0.05 else c for c in body
    )
    decision = dedup.take(article("copy", garbled))

    assert decision.verdict is not None
    assert decision.verdict.kind is VerdictKind.COPY


def shuffled_parts(body: str, more: str = "") -> str:
    """Return the words of a text and of `more` in parts of ten words, in random order."""
    all_words = [*body.split(), *more.split()]
    parts = [" ".join(all_words[i : i + 10]) for i in range(0, len(all_words), 10)]
    random.Random(6).shuffle(parts)  # noqa: S311 - a text, not a secret
    return " ".join(parts)


@pytest.mark.parametrize(
    ("more", "kind"), [("", VerdictKind.COPY), (prose(2, 150), VerdictKind.ORIGINAL)]
)
def test_a_reordered_text_is_a_copy_unless_it_has_additional_text(
    more: str, kind: VerdictKind
) -> None:
    dedup = PersistedShard()
    first = article("one", prose(1, 200))
    dedup.take(first)
    second = dedup.take(article("two", shuffled_parts(prose(1, 200), more)))

    assert second.verdict is not None
    assert second.verdict.kind is kind
    assert second.verdict.copy_of == (first.article_id if kind is VerdictKind.COPY else None)


def test_a_template_with_other_numbers_is_not_a_copy() -> None:
    dedup = PersistedShard()
    text = (
        "The weather office expects a quiet night over the whole of the northern coast. "
        "Temperatures reach {0} degrees by noon and fall to {1} degrees towards the evening. "
        "Winds blow from the west at {2} kilometres an hour, with gusts of up to {3} at sea. "
        "The chance of rain is {4} percent. Sailors should listen to the office's next report."
    )
    for day in range(12):
        numbers = [20 + day, 7 + day, 31 + 2 * day, 60 + 3 * day, 11 * day + 3]
        decision = dedup.take(article(f"day{day}", text.format(*numbers), title="Weather"))

        assert decision.verdict is not None
        assert decision.verdict.kind is VerdictKind.ORIGINAL


def test_a_revision_states_its_number_and_the_changed_fields() -> None:
    dedup = PersistedShard()
    first = article("one", prose(1), title="Before")
    dedup.take(first)
    decision = dedup.take(article("one", prose(1) + " More was said later on.", title="After"))

    assert decision.verdict is not None
    assert decision.verdict.kind is VerdictKind.REVISION
    assert decision.verdict.revision == 2
    assert decision.verdict.changed == ["title", "body"]
    assert decision.verdict.previous_revision_id == first.revision_id
    assert decision.verdict.similarity is not None
    assert 0.8 < decision.verdict.similarity < 1


def test_the_latest_revision_again_is_unchanged() -> None:
    dedup = PersistedShard()
    dedup.take(article("one", prose(1)))
    decision = dedup.take(article("one", prose(1)))

    assert decision.kind is DecisionKind.UNCHANGED
    assert decision.changes == ()


def test_restoring_an_earlier_text_is_a_new_revision() -> None:
    dedup = PersistedShard()
    dedup.take(article("one", prose(1)))
    dedup.take(article("one", prose(2)))
    decision = dedup.take(article("one", prose(1)))

    assert decision.verdict is not None
    assert decision.verdict.revision == 3


def test_a_retraction_marks_the_article_in_its_story() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", prose(1)))
    decision = dedup.take(retracted("one"))
    assert first.story_id is not None
    story = dedup.shard.story(first.story_id)

    assert decision.verdict is not None
    assert decision.verdict.kind is VerdictKind.RETRACTION
    assert story is not None
    assert [one.verdict for one in story.articles] == [VerdictKind.RETRACTION]
    assert (story.version, story.original_count, story.article_count) == (2, 0, 1)


def test_a_retracted_article_can_be_published_again() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", prose(1)))
    dedup.take(retracted("one"))
    decision = dedup.take(article("one", prose(1)))
    assert first.story_id is not None
    story = dedup.shard.story(first.story_id)

    assert decision.verdict is not None
    assert decision.verdict.changed == ["status"]
    assert story is not None
    assert story.original_count == 1


def test_a_retracted_article_is_not_the_original_of_a_copy() -> None:
    dedup = PersistedShard()
    dedup.take(article("one", prose(1)))
    dedup.take(retracted("one"))
    decision = dedup.take(article("two", prose(1)))

    assert decision.verdict is not None
    assert decision.verdict.kind is VerdictKind.ORIGINAL


def test_the_retraction_of_an_unknown_article_has_no_story() -> None:
    dedup = PersistedShard()
    decision = dedup.take(retracted("nobody"))

    assert decision.verdict is not None
    assert decision.verdict.kind is VerdictKind.RETRACTION
    assert decision.story_id is None
    assert decision.stories == ()
