"""The trained models, read once and kept for the life of the process."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from services.cleaning.classifier.decision_trees import Trees
from services.cleaning.classifier.feature_table import Floats, LogOdds

WEIGHTS = Path(__file__).with_name("weights.json.gz")
"""Written by `python -m tests.training.cleaning.train`."""

MIN_SECOND_PASS = 0.1
"""First-pass probability above which the second pass decides (about half of all blocks).

Measured out-of-fold: a second pass over the other blocks changes no score."""


@dataclass(frozen=True)
class Model:
    """Log-odds of words and names, and the trees of the first and the second pass."""

    odds: LogOdds
    first: Trees
    second: Trees

    @classmethod
    def from_json(cls, weights: dict[str, Any]) -> Model:
        """Build the model from its part of the weights file."""
        return cls(
            LogOdds(weights["words"], weights["names"]),
            Trees.from_json(weights["first"]),
            Trees.from_json(weights["second"]),
        )

    def predict_second_pass(self, first: Floats, context: Floats, table: Floats) -> Floats:
        """Return the probability of each row after the second pass.

        `first` are the probabilities of the first pass, `context` the features computed from
        them and `table` the features of the first pass. Rows of at most `MIN_SECOND_PASS` keep
        their first probability.
        """
        p = first.copy()
        rows = np.flatnonzero(first > MIN_SECOND_PASS)
        p[rows] = self.second.predict(np.concatenate([context.T[:, rows], table.T[:, rows]]).T)
        return p


@dataclass(frozen=True)
class Models:
    """The model for pages of HTML, and the one for text without tags."""

    html: Model
    text: Model


@cache
def load_models() -> Models:
    """Return both models; the first call reads the weights file (about 50 ms)."""
    weights = json.loads(gzip.decompress(WEIGHTS.read_bytes()))
    return Models(Model.from_json(weights["html"]), Model.from_json(weights["text"]))
