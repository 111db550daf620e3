"""Process the sample articles with the real pipeline and compare with the gold labels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from schemas.article import EnrichedArticle, RawArticle
from schemas.story import Story
from schemas.topics import CLEAN, ENRICHED, STORIES, TAGGED
from services.ingest import files
from services.messaging.raw_records import raw_record
from tests.integration.harness import ROOT, Cluster, Outcomes, get

SAMPLES = ROOT / "samples"
GOLD: dict[str, dict[str, Any]] = json.loads((SAMPLES / "gold.json").read_text())["articles"]


class Run:
    """The results of the samples: the revision of each file, and all output messages."""

    def __init__(self, outcomes: Outcomes, revisions: dict[str, str]) -> None:
        self.outcomes = outcomes
        self.revisions = revisions
        self.by_revision = {article.revision_id: article for article in outcomes.enriched}

    def article(self, name: str) -> EnrichedArticle | None:
        return self.by_revision.get(self.revisions.get(name, ""))


@pytest.fixture(scope="module")
def run(pipeline: Cluster) -> Run:
    loaded = [item for path in files.files([SAMPLES / "articles"]) for item in files.load(path)]
    events = {Path(item.origin).name: event_id(item.article) for item in loaded if item.article}
    done = pipeline.newsloom("publish", "samples/articles")
    assert "refused 0" in done.stdout, done.stdout + done.stderr
    expected = len([item for item in loaded if item.article])
    found = pipeline.wait_for(
        lambda seen: len(seen.enriched) + len(seen.dead_letters) >= expected, f"{expected} ended"
    )
    made = {}
    for record in pipeline.stored(CLEAN.name):
        headers = {name: value.decode() for name, value in record.headers}
        made[headers["ce_causationid"]] = headers["ce_correlationid"]
    return Run(found, {name: made[event] for name, event in events.items() if event in made})


def event_id(article: RawArticle) -> str:
    return dict(raw_record(article).headers)["ce_id"].decode()


def test_every_article_has_exactly_one_outcome(run: Run) -> None:
    assert len(run.outcomes.enriched) + len(run.outcomes.dead_letters) == len(GOLD)
    assert len(set(run.outcomes.enriched_ids)) == len(run.outcomes.enriched_ids)


def test_a_copy_and_its_original_are_matched_in_either_order(run: Run) -> None:
    """They are in different partitions, so either may arrive first.

    Revised originals are left out: a copy that arrives after the revision is compared with the
    new text of the original.
    """
    revised = {gold["revision_of"] for gold in GOLD.values() if gold.get("revision_of")}
    copies = {
        name: gold
        for name, gold in GOLD.items()
        if gold["outcome"] == "copy" and gold["copy_of"] not in revised
    }
    assert copies
    for name, gold in copies.items():
        copy, original = run.article(name), run.article(gold["copy_of"])
        assert copy is not None
        assert original is not None
        roots = {article.verdict.copy_of or article.article_id for article in (copy, original)}
        assert len(roots) == 1, name


def test_enriched_records_are_cloudevents_with_deterministic_ids(
    pipeline: Cluster, run: Run
) -> None:
    records = pipeline.stored(ENRICHED.name)
    assert records
    for record in records:
        headers = {name: value.decode() for name, value in record.headers}
        message = json.loads(record.value or b"")
        assert headers["ce_specversion"] == "1.0"
        assert headers["ce_type"] == ENRICHED.event_type
        assert headers["ce_correlationid"] == message["revision_id"]
        assert headers["ce_subject"] == message["article_id"] == (record.key or b"").decode()
        assert headers["content-type"] == "application/json"


def test_all_stages_keep_the_trace_of_an_article(pipeline: Cluster, run: Run) -> None:
    traces: dict[str, set[str]] = {}
    for record in pipeline.stored(CLEAN.name, TAGGED.name, ENRICHED.name):
        headers = dict(record.headers)
        revision = headers["ce_correlationid"].decode()
        traces.setdefault(revision, set()).add(headers["traceparent"].decode())

    article = run.article("001-ferry-reopens-skarholm.html")
    assert article is not None
    assert len(traces[article.revision_id]) == 1


def test_revisions_of_an_article_are_published_in_order(run: Run) -> None:
    numbers: dict[str, list[int]] = {}
    for article in run.outcomes.enriched:
        numbers.setdefault(article.article_id, []).append(article.verdict.revision)

    assert any(len(found) > 1 for found in numbers.values())
    for found in numbers.values():
        assert found == list(range(1, len(found) + 1))


def test_the_stories_topic_agrees_with_the_articles(pipeline: Cluster, run: Run) -> None:
    records = pipeline.stored(STORIES.name)
    assert records
    assert all(record.key for record in records)
    # A story is published at most once per second, so its last state may follow the articles.
    pipeline.wait_for(
        lambda seen: all(
            _is_in_its_story(article, seen.stories) for article in run.outcomes.enriched
        ),
        "each article is in its story or in the successors of its story",
    )


def _is_in_its_story(article: EnrichedArticle, stories: Mapping[str, Story]) -> bool:
    """Return whether the article's story, or a story that it was merged or split into, has it."""
    left, seen = [article.story_id], set[str]()
    while left:
        story_id = left.pop()
        if story_id is None or story_id in seen or story_id not in stories:
            continue
        seen.add(story_id)
        story = stories[story_id]
        if article.article_id in {member.article_id for member in story.articles}:
            return True
        left += [story.merged_into, *story.split_into]
    return False


def test_workers_serve_metrics_and_health(pipeline: Cluster, run: Run) -> None:
    for worker in pipeline.workers:
        status, text = get(worker.port, "/metrics")
        assert status == 200
        assert f'newsloom_messages_in_total{{stage="{worker.stage}"}}' in text
        assert get(worker.port, "/livez") == (200, "ok")
        assert get(worker.port, "/table")[0] == 404
        assert get(worker.port, "/router")[0] == 404


def test_an_article_published_again_unchanged_is_filtered(pipeline: Cluster, run: Run) -> None:
    path = Path("samples/articles/005-ferry-eastshore.json")
    before = _unchanged(run.outcomes)
    done = pipeline.newsloom("publish", str(path))
    assert done.returncode == 0

    found = pipeline.wait_for(lambda seen: _unchanged(seen) > before, "it is filtered")

    assert len(found.enriched) == len(run.outcomes.enriched)


def _unchanged(outcomes: Outcomes) -> int:
    return sum(letter.reason == "unchanged" for letter, _ in outcomes.dead_letters)
