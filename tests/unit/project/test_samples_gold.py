"""The sample articles pass the three stages in publishing order and match their gold."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.article import EnrichedArticle
from services.ingest import files
from services.messaging.errors import Reason
from services.operations.in_process import Ending, Pipeline

SAMPLES = Path(__file__).parents[3] / "samples"
GOLD: dict[str, dict[str, Any]] = json.loads((SAMPLES / "gold.json").read_text())["articles"]
ARRIVAL = datetime(2025, 5, 12, tzinfo=UTC)


class Run:
    """The result of each file."""

    def __init__(self) -> None:
        pipeline = Pipeline()
        self.endings: dict[str, Ending] = {}
        self.refused: set[str] = set()
        for path in files.files([SAMPLES / "articles"]):
            for item in files.load(path):
                if item.article is None:
                    self.refused.add(Path(item.origin).name)
                else:
                    self.endings[Path(item.origin).name] = pipeline.take(item.article, ARRIVAL)

    def article(self, name: str) -> EnrichedArticle | None:
        return self.endings[name].enriched if name in self.endings else None

    def stories(self) -> dict[str, str]:
        """The story of each article once all have come, merges and splits followed."""
        last = {story.story_id: story for one in self.endings.values() for story in one.stories}
        return {
            article.article_id: story.story_id
            for story in last.values()
            if not story.merged_into
            for article in story.articles
        }


@pytest.fixture(scope="module")
def run() -> Run:
    return Run()


def test_no_sample_is_refused(run: Run) -> None:
    assert run.refused == set()


@pytest.mark.parametrize("name", GOLD)
def test_every_article_gets_the_verdict_of_the_gold(run: Run, name: str) -> None:
    gold, article = GOLD[name], run.article(name)

    if gold["outcome"] in ("filtered", "repeat"):
        rejected = run.endings[name].rejected
        assert rejected is not None
        assert (rejected.reason is Reason.UNCHANGED) == (gold["outcome"] == "repeat")
        return
    assert article is not None
    assert article.verdict.kind == gold["outcome"]
    if gold["outcome"] == "copy":
        original = run.article(gold["copy_of"])
        assert original is not None
        assert article.verdict.copy_of == original.article_id
        exact_or_near = {"exact", "near"}  # clutter that stays can make an exact copy near
        assert (
            article.verdict.copy_kind == gold["copy_kind"]
            or {
                str(article.verdict.copy_kind),
                gold["copy_kind"],
            }
            == exact_or_near
        )


def test_the_cleaned_articles_keep_their_own_words(run: Run) -> None:
    """All gold sentences are kept; the share of clutter that stays has an upper bound."""
    kept, wanted, stayed, clutter = 0, 0, 0, 0
    for name, gold in GOLD.items():
        article = run.article(name)
        if article is None or "keep" not in gold:
            continue
        body = " ".join(article.body.split())
        kept += sum(" ".join(text.split()) in body for text in gold["keep"])
        wanted += len(gold["keep"])
        stayed += sum(text in body or text in article.title for text in gold["drop"])
        clutter += len(gold["drop"])

    assert wanted > 0
    assert clutter > 0
    assert kept == wanted
    assert stayed <= 0.14 * clutter


def test_dates_and_languages_are_those_of_the_gold(run: Run) -> None:
    examined = 0
    for name, gold in GOLD.items():
        article = run.article(name)
        if article is None or "language" not in gold:
            continue
        examined += 1
        assert article.language == gold["language"], name
        if "published" in gold:
            stated = article.published.value[:16] if article.published else None
            assert stated == (gold["published"][:16] if gold["published"] else None), name
    assert examined > 0


def test_stories_are_those_of_the_gold_but_for_two_pairs(run: Run) -> None:
    """No story is in two pieces, and look-alikes of a series are apart.

    What may meet is a market report that ends with tomorrow's rate decision, and the reports of
    that decision; and a flood, and the mayor who resigns over it: both scores are just above the
    one to join.
    """
    by_gold: dict[str, set[str]] = {}
    by_story: dict[str, set[str]] = {}
    stories = run.stories()
    for name, gold in GOLD.items():
        article = run.article(name)
        if article is not None and gold.get("story"):
            story_id = stories[article.article_id]
            by_gold.setdefault(gold["story"], set()).add(story_id)
            by_story.setdefault(story_id, set()).add(gold["story"])

    assert by_gold
    assert {story: ids for story, ids in by_gold.items() if len(ids) > 1} == {}
    merged = [stories for stories in by_story.values() if len(stories) > 1]
    near = (
        {"market-report-may-5", "rate-cut-norland"},
        {"flood-brenford", "brenford-mayor-resigns"},
    )
    assert [stories for stories in merged if stories not in near] == []
