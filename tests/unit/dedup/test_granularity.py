"""One setting says how finely stories are parted."""

from __future__ import annotations

import math

import pytest

from services.dedup.clustering.merge_score import log_odds
from services.dedup.settings import GRANULARITY_LOG_ODDS, DedupSettings
from services.settings import Settings
from tests.unit.dedup.make import PersistedShard, article, entity

FIRST = (
    "The harbour council of Skarholm voted on Tuesday to close the swing bridge to lorries from "
    "July. Engineers found cracks in two of its bearings. The repairs take eleven weeks."
)
DOUBTFUL = (
    "Traders of the fish market in Skarholm fear for the summer. Lorries with ice and salt will "
    "need an hour more for the way around the bay, a wholesaler said. The council meets on Friday."
)


def test_the_values_of_the_setting_are_those_that_dedup_knows() -> None:
    values = Settings.model_fields["story_granularity"].annotation.__args__  # type: ignore[union-attr]

    assert set(values) == set(GRANULARITY_LOG_ODDS)


@pytest.mark.parametrize("name", ["join_score", "merge_score", "split_score", "part_score"])
@pytest.mark.parametrize("granularity", GRANULARITY_LOG_ODDS)
def test_every_score_moves_by_the_same_log_odds(name: str, granularity: str) -> None:
    usual = DedupSettings()

    moved = usual.with_granularity(granularity)

    difference = log_odds(getattr(moved, name)) - log_odds(getattr(usual, name))
    assert math.isclose(difference, GRANULARITY_LOG_ODDS[granularity], abs_tol=1e-9)


def test_a_broad_shard_joins_what_a_fine_one_parts() -> None:
    """The granularity between which a doubtful report changes sides decides; the rest is equal."""
    found = {}
    for granularity in GRANULARITY_LOG_ODDS:
        dedup = PersistedShard(DedupSettings().with_granularity(granularity))
        named = [entity("Skarholm")]
        one = dedup.take(article("one", FIRST, title="Bridge in Skarholm closes", entities=named))
        other = dedup.take(
            article("two", DOUBTFUL, title="Traders fear for the summer", entities=named)
        )
        found[granularity] = one.story_id == other.story_id

    assert found["fine"] <= found["default"] <= found["broad"]
    assert found["broad"]
    assert not found["fine"]
