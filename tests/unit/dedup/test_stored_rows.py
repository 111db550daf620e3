"""Rows that version 0.1.0 stored are read, and rows of the same form are written."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from schemas.article import TaggedArticle
from services.dedup.clustering.merge_score import INPUTS, MergeModel
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import decode_article, encode_article
from services.dedup.storage.journal import decode_journal
from services.dedup.storage.rows import ARTICLES, JOURNAL, STORIES
from services.dedup.stories.story_codec import decode_story, encode_story
from tests.in_memory_rows import InMemoryRows

KEPT = json.loads(Path(__file__).with_name("data").joinpath("rows_v0_1_0.json").read_text())
LIFECYCLES: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("data").joinpath("lifecycle_rows_v0_1_0.json").read_text()
)
"""Rows with tombstones, a merge, a split, and of a worker that crashed after its journal."""
_SCORE = re.compile(r"\d\.\d\d")
NEW_FIELDS = {
    "started_precision", "started_zone_stated", "latest_precision", "latest_zone_stated",
    "retraction_count", "headline", "summary", "external_ids", "aliases",
}  # fmt: skip
"""Fields of a story that version 0.1.0 did not have, or chose in another way."""
SCENARIOS = {one["scenario"]: one for one in KEPT}


def rows_of(listed: list[list[str]]) -> dict[tuple[str, str], bytes]:
    return {(table, key): b64decode(row) for table, key, row in listed}


def model_of(scenario: str) -> MergeModel | None:
    """Return the model of the rows of a scenario; None for the shipped weights."""
    if scenario == "articles":
        return None
    weights = np.zeros(len(INPUTS))
    weights[INPUTS.index("mean_body_cosine")] = 16
    return MergeModel(-4.5, weights)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_shard_continues_from_the_rows_of_the_last_version(scenario: str) -> None:
    kept = SCENARIOS[scenario]
    rows = InMemoryRows()
    rows.rows = rows_of(kept["stored"])
    shard = Shard(DedupSettings(), rows, model_of(scenario))
    shard.load(rows.items())

    answers, closed_articles = [], set()
    for number, given in enumerate(kept["articles"], kept["first_sequence"]):
        article = TaggedArticle.model_validate(given)
        decision = shard.decide(article, MessageIdentity(article.revision_id, number))
        rows.apply(decision.changes)
        answer = as_json(shard, decision)
        for story in answer["stories"]:
            if story["change"] == "closed":
                closed_articles |= {(ARTICLES, one["article_id"]) for one in story["articles"]}
        answers.append(_as_0_1_0(answer))
    after = {key: _row_0_1_0(*key, row) for key, row in rows_of(kept["stored_after"]).items()}
    assert answers == [_as_0_1_0(answer) for answer in kept["answers"]]
    assert after.items() <= {key: _row_0_1_0(*key, row) for key, row in rows.rows.items()}.items()
    assert rows.rows.keys() - after.keys() <= {(ARTICLES, JOURNAL), *closed_articles}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_row_that_is_read_and_written_keeps_its_bytes(scenario: str) -> None:
    stored = rows_of(SCENARIOS[scenario]["stored"])
    articles = [row for (table, key), row in stored.items() if table == ARTICLES and key != JOURNAL]
    stories = [row for (table, _key), row in stored.items() if table == STORIES]

    assert articles
    assert stories
    assert [encode_article(decode_article(row)) for row in articles] == articles
    assert [encode_story(decode_story(row)) for row in stories] == stories


@pytest.mark.parametrize("name", LIFECYCLES)
def test_a_shard_makes_the_same_decisions_as_the_last_version(name: str) -> None:
    kept = LIFECYCLES[name]
    rows = InMemoryRows()
    rows.rows = rows_of(kept["rows"])
    model = None
    if kept["weights"] is not None:
        weights = np.zeros(len(INPUTS))
        for one, weight in kept["weights"].items():
            weights[INPUTS.index(one)] = weight  # raises if the input was renamed
        model = MergeModel(kept["intercept"], weights)
    shard = Shard(DedupSettings(), rows, model)
    shard.load(rows.items())

    for (sequence, given), expected in zip(kept["articles"], kept["answers"], strict=True):
        article = TaggedArticle.model_validate(given)
        decision = shard.decide(article, MessageIdentity(article.revision_id, sequence))
        rows.apply(decision.changes)
        states = [shard.story(update.story_id) for update in decision.stories]
        updates = [[u.story_id, u.version, u.change.value, u.reason] for u in decision.stories]
        verdict = decision.verdict and decision.verdict.model_dump(mode="json")
        assert decision.kind.value == expected["outcome"]
        assert (verdict, decision.story_id) == (expected["verdict"], expected["story_id"])
        assert _without_scores(updates) == _without_scores(expected["updates"])
        assert [state and _story_0_1_0(state.model_dump(mode="json")) for state in states] == [
            story and _story_0_1_0(story) for story in expected["stories"]
        ]


def test_the_lifecycle_rows_contain_every_kind_of_row_of_the_last_version() -> None:
    stories = [
        decode_story(row)
        for kept in LIFECYCLES.values()
        for (table, _key), row in rows_of(kept["rows"]).items()
        if table == STORIES
    ]
    interrupted = rows_of(LIFECYCLES["interrupted"]["rows"])
    journal = decode_journal(interrupted[ARTICLES, JOURNAL])

    assert any(story.counts.copies for story in stories)
    assert any(story.counts.retractions for story in stories)
    assert any(story.closed and not story.merged_into for story in stories)
    assert any(story.merged_into for story in stories)
    assert any(story.split_from for story in stories)
    assert LIFECYCLES["lifetime"]["tombstones"]
    assert any(interrupted.get((table, key)) != row for table, key, row in journal)


def _as_0_1_0(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without the fields and articles that version 0.1.0 did not send.

    It did not list the articles that expired when the story closed in the story's last message.
    """
    return {**answer, "stories": [_story_0_1_0(story) for story in answer["stories"]]}


def _story_0_1_0(story: dict[str, Any]) -> dict[str, Any]:
    old = {name: value for name, value in story.items() if name not in NEW_FIELDS}
    old["articles"] = [
        {name: value for name, value in one.items() if name not in NEW_FIELDS}
        for one in (story["articles"] if story["change"] != "closed" else ())
    ]
    for field in ("entities", "places"):
        assert all(one.get("aliases") is None for one in story[field])
        old[field] = [
            {name: value for name, value in one.items() if name not in NEW_FIELDS}
            for one in story[field]
        ]
    old["reason"] = _SCORE.sub("score", old["reason"])
    return old


def _without_scores(updates: list[list[Any]]) -> list[list[Any]]:
    """Return story updates without the scores in their reasons, which change with the weights."""
    return [[*update, _SCORE.sub("score", reason)] for *update, reason in updates]


def _row_0_1_0(table: str, key: str, row: bytes) -> bytes:
    """Return a row without what version 0.1.0 did not write, or chose in another way."""
    if table == STORIES:
        story = decode_story(row)
        story.start_precision = story.latest_precision = story.headline_article = None
        story.headline, story.summary = "", []
        return encode_story(story)
    if key == JOURNAL:
        return row
    article = decode_article(row)
    article.details.field_hashes = article.details.retraction_hashes = None
    return encode_article(article)


def as_json(shard: Shard, decision: Any) -> dict[str, Any]:
    states = [shard.story(update.story_id) for update in decision.stories]
    verdict = decision.verdict
    return {
        "verdict": verdict.model_dump(mode="json", exclude_none=True) if verdict else None,
        "story_id": decision.story_id,
        "stories": [
            json.loads(state.model_dump_json(exclude_none=True)) for state in states if state
        ],
    }
