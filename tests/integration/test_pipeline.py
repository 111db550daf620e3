"""The sample articles through the real pipeline, against their gold labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.article import EnrichedArticle
from schemas.topics import CLEAN, ENRICHED, STORIES, TAGGED
from services import identity, loader
from tests.integration.harness import ROOT, Cluster, Outcomes, get

SAMPLES = ROOT / "samples"
GOLD: dict[str, dict[str, Any]] = json.loads((SAMPLES / "gold.json").read_text())["articles"]


class Run:
    """What came of the samples: each file's revision, and all that landed."""

    def __init__(self, outcomes: Outcomes, revisions: dict[str, str]) -> None:
        self.outcomes = outcomes
        self.revisions = revisions
        self.by_revision = {article.revision_id: article for article in outcomes.enriched}

    def article(self, name: str) -> EnrichedArticle | None:
        return self.by_revision.get(self.revisions[name])


@pytest.fixture(scope="module")
def run(pipeline: Cluster) -> Run:
    loaded = [item for path in loader.files([SAMPLES / "articles"]) for item in loader.load(path)]
    revisions = {item.origin: identity.revision_id(item.article) for item in loaded if item.article}
    done = pipeline.newsloom("publish", "samples/articles")
    assert "refused 1" in done.stdout, done.stdout + done.stderr
    expected = len([item for item in loaded if item.article])
    found = pipeline.wait_for(
        lambda seen: len(seen.enriched) + len(seen.letters) >= expected, f"{expected} ended"
    )
    return Run(found, revisions)


def test_every_article_has_exactly_one_outcome(run: Run) -> None:
    assert len(run.outcomes.enriched) + len(run.outcomes.letters) == sum(
        row["outcome"] != "dead" for row in GOLD.values()
    )
    assert len(set(run.outcomes.enriched_ids)) == len(run.outcomes.enriched_ids)


def _is(outcome: str) -> list[str]:
    return [name for name, row in GOLD.items() if row["outcome"] == outcome]


@pytest.mark.parametrize("name", [name for name in GOLD if GOLD[name]["outcome"] != "dead"])
def test_every_article_gets_the_verdict_of_the_gold(run: Run, name: str) -> None:
    gold, article = GOLD[name], run.article(name)

    if gold["outcome"] == "filtered":
        assert article is None
        return
    assert article is not None
    if gold["outcome"] == "repeat":  # the revision it repeats
        return
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
    """All but one sentence of 164; the clutter that stays is counted, to fall and not to rise."""
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

    assert wanted - kept <= 1
    assert stayed <= 0.18 * clutter


def test_dates_and_languages_are_those_of_the_gold(run: Run) -> None:
    for name, gold in GOLD.items():
        article = run.article(name)
        if article is None or "language" not in gold:
            continue
        assert article.language == gold["language"], name
        if "published" in gold and gold["outcome"] != "repeat":
            stated = article.published.value[:16] if article.published else None
            assert stated == (gold["published"][:16] if gold["published"] else None), name


def test_stories_are_those_of_the_gold_but_for_two_pairs_of_templates(run: Run) -> None:
    """No story is in two pieces; of the look-alikes, market and match reports still meet."""
    by_gold: dict[str, set[str | None]] = {}
    by_story: dict[str | None, set[str]] = {}
    for name, gold in GOLD.items():
        article = run.article(name)
        if article is not None and gold.get("story"):
            by_gold.setdefault(gold["story"], set()).add(article.story_id)
            by_story.setdefault(article.story_id, set()).add(gold["story"])

    assert {story: ids for story, ids in by_gold.items() if len(ids) > 1} == {}
    merged = [stories for stories in by_story.values() if len(stories) > 1]
    assert len(merged) <= 2
    for stories in merged:
        assert len({story.split("-")[0] for story in stories}) == 1, stories


def test_enriched_records_are_cloudevents_with_deterministic_ids(
    pipeline: Cluster, run: Run
) -> None:
    for record in pipeline.stored(ENRICHED.name):
        headers = {name: value.decode() for name, value in record.headers}
        message = json.loads(record.value or b"")
        assert headers["ce_specversion"] == "1.0"
        assert headers["ce_type"] == ENRICHED.event_type
        assert headers["ce_correlationid"] == message["revision_id"]
        assert headers["ce_subject"] == message["article_id"] == (record.key or b"").decode()
        assert headers["content-type"] == "application/json"


def test_the_trace_of_an_article_passes_every_hop(pipeline: Cluster, run: Run) -> None:
    traces: dict[str, set[str]] = {}
    for record in pipeline.stored(CLEAN.name, TAGGED.name, ENRICHED.name):
        headers = dict(record.headers)
        revision = headers["ce_correlationid"].decode()
        traces.setdefault(revision, set()).add(headers["traceparent"].decode())

    article = run.article("001-ferry-reopens-skarholm.html")
    assert article is not None
    assert len(traces[article.revision_id]) == 1


def test_revisions_of_an_article_come_out_in_order(run: Run) -> None:
    numbers: dict[str, list[int]] = {}
    for article in run.outcomes.enriched:
        numbers.setdefault(article.article_id, []).append(article.verdict.revision)

    assert any(len(found) > 1 for found in numbers.values())
    for found in numbers.values():
        assert found == list(range(1, len(found) + 1))


def test_the_stories_topic_agrees_with_the_articles(pipeline: Cluster, run: Run) -> None:
    for record in pipeline.stored(STORIES.name):
        assert record.key
    for article in run.outcomes.enriched:
        story = run.outcomes.stories[article.story_id or ""]
        if story.merged_into is None:
            assert article.article_id in {member.article_id for member in story.articles}


def test_workers_serve_their_metrics_and_their_health(pipeline: Cluster, run: Run) -> None:
    for worker in pipeline.workers:
        status, text = get(worker.port, "/metrics")
        assert status == 200
        assert f'newsloom_messages_in_total{{stage="{worker.stage}"}}' in text
        assert get(worker.port, "/livez") == (200, "ok")
        assert get(worker.port, "/table")[0] == 404
        assert get(worker.port, "/router")[0] == 404


def test_an_article_published_again_unchanged_is_filtered(pipeline: Cluster, run: Run) -> None:
    path = Path("samples/articles/005-ferry-eastshore.json")
    before = len(run.outcomes.letters)
    done = pipeline.newsloom("publish", str(path))
    assert done.returncode == 0

    found = pipeline.wait_for(lambda seen: len(seen.letters) > before, "it is filtered")

    assert found.letters[-1][0].reason == "unchanged"
    assert len(found.enriched) == len(run.outcomes.enriched)
