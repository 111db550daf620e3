"""A teaser with a request to subscribe is an excerpt of the article under the same headline."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from schemas.article import CopyKind
from tests.quality import teasers
from tests.unit.dedup.make import NOON, PersistedShard, article, prose

TITLE = "Harbour council closes the swing bridge of Skarholm"
REQUEST = "This article is for subscribers only. Already a member of ours? Log in here to read on."


def blurb(seed: int, count: int = 24) -> str:
    return " ".join(prose(seed, 300).split()[:count])


@pytest.mark.parametrize("teaser_first", [True, False])
def test_a_teaser_with_a_request_to_subscribe_is_an_excerpt(*, teaser_first: bool) -> None:
    full = article("full", prose(1, 300), title=TITLE)
    teaser = article("teaser", f"{blurb(1)} …\n\n{REQUEST}", title=TITLE, at=NOON)
    run = PersistedShard()
    first, second = (teaser, full) if teaser_first else (full, teaser)
    run.take(first)
    verdict = run.take(second).verdict
    assert verdict is not None
    assert (verdict.copy_of, verdict.copy_kind) == (first.article_id, CopyKind.EXCERPT)


def test_a_short_text_of_which_half_is_in_an_article_with_another_headline_is_no_copy() -> None:
    run = PersistedShard()
    run.take(article("full", prose(1, 300), title=TITLE))
    other = article("other", f"{blurb(1)} …\n\n{REQUEST}", title="Fish market opens", at=NOON)
    verdict = run.take(other).verdict
    assert verdict is not None
    assert verdict.copy_of is None


@pytest.mark.parametrize("kind", teasers.TEASERS)
def test_a_blurb_has_20_to_60_words_of_its_article(kind: str) -> None:
    text = prose(2, 300)
    made = teasers.TEASERS[kind](text, random.Random(3))  # noqa: S311 - fixed
    assert teasers.MIN_WORDS <= len(made.replace("…", "").split()) <= teasers.MAX_WORDS
    assert " ".join(made.split()[:12]) in " ".join(text.split())


def test_planted_teasers_stand_before_and_after_their_articles() -> None:
    rows = [
        {"id": str(i), "title": f"title {i}", "text": prose(i, 200), "source": "wire",
         "date": (NOON + timedelta(minutes=i)).isoformat()}
        for i in range(40)
    ]  # fmt: skip
    mixed = teasers.plant(rows, 4)
    at = {row["id"]: i for i, row in enumerate(mixed)}
    before = [at[row["id"]] < at[row["of"]] for row in mixed if row.get("teaser")]
    assert len(before) == 4 * len(teasers.TEASERS)
    assert before.count(True) == before.count(False)
