"""The trained weights, read once and kept for the life of the process."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from services.cleaning.classifier.block_features import Floats, Odds
from services.cleaning.classifier.decision_trees import Trees

WEIGHTS = Path(__file__).with_name("weights.json.gz")
"""Written by `python -m tests.training.cleaning.train`."""


SURE = 0.1
"""Probability up to which the first pass's result is final (about half of all blocks). Measured
out-of-fold: a second pass over those changes no score."""


@dataclass(frozen=True)
class Model:
    """Odds of words and names, and the trees of the first and the second pass."""

    odds: Odds
    first: Trees
    second: Trees

    @classmethod
    def from_json(cls, weights: dict[str, Any]) -> Model:
        """Build a model from one part of the weights file."""
        return cls(
            Odds(weights["words"], weights["names"]),
            Trees.from_json(weights["first"]),
            Trees.from_json(weights["second"]),
        )

    def second_pass(self, first: Floats, again: Floats, table: Floats) -> Floats:
        """Return the probability of each row, given what the first pass says around it.

        Rows that the first pass is sure to drop keep its result.
        """
        p = first.copy()
        rows = np.flatnonzero(first > SURE)
        p[rows] = self.second.predict(np.concatenate([again.T[:, rows], table.T[:, rows]]).T)
        return p


@dataclass(frozen=True)
class Models:
    """One model for HTML pages, one for text without tags."""

    html: Model
    text: Model


@cache
def load_models() -> Models:
    """Read the weights file (about 50 ms, once)."""
    weights = json.loads(gzip.decompress(WEIGHTS.read_bytes()))
    return Models(Model.from_json(weights["html"]), Model.from_json(weights["text"]))
