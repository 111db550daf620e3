"""Five real pages of the evaluation folder, labelled by hand, are tagged correctly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from services.tagging.core import Tagger
from tests.quality.tagging_seeds import score_seeds

SEEDS = Path(os.environ.get("NEWSLOOM_EVAL", "../shared/eval")) / "seeds"


@pytest.mark.skipif(not (SEEDS / "gold.json").exists(), reason="no evaluation folder")
def test_real_pages_have_their_entities_quotations_and_speakers(tagger: Tagger) -> None:
    result = score_seeds(tagger, SEEDS)

    assert result.faults == []
    assert result.quotes_found >= 0.95 * result.quotes_wanted
