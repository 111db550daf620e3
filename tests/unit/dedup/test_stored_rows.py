"""Rows that version 0.1.0 stored are read, and rows of the same form are written."""

from __future__ import annotations

import json
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
from services.dedup.storage.rows import ARTICLES, JOURNAL, STORIES
from services.dedup.stories.story_codec import decode_story, encode_story
from tests.in_memory_rows import InMemoryRows

KEPT = json.loads(Path(__file__).with_name("data").joinpath("rows_v0_1_0.json").read_text())
SCENARIOS = {one["scenario"]: one for one in KEPT}


def rows_of(listed: list[list[str]]) -> dict[tuple[str, str], bytes]:
    return {(table, key): b64decode(row) for table, key, row in listed}


def model_of(scenario: str) -> MergeModel | None:
    """The model that the rows were made with; None for the shipped weights."""
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

    answers = []
    for number, given in enumerate(kept["articles"], kept["first_sequence"]):
        article = TaggedArticle.model_validate(given)
        decision = shard.decide(article, MessageIdentity(article.revision_id, number))
        rows.apply(decision.changes)
        answers.append(as_json(shard, decision))
    assert answers == kept["answers"]
    assert {key: row for key, row in rows.rows.items() if key[1] != JOURNAL} == rows_of(
        kept["stored_after"]
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_row_that_is_read_and_written_keeps_its_bytes(scenario: str) -> None:
    stored = rows_of(SCENARIOS[scenario]["stored"])
    articles = [row for (table, key), row in stored.items() if table == ARTICLES and key != JOURNAL]
    stories = [row for (table, _key), row in stored.items() if table == STORIES]

    assert articles
    assert stories
    assert [encode_article(decode_article(row)) for row in articles] == articles
    assert [encode_story(decode_story(row)) for row in stories] == stories


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
