"""The merge score: the probability that an article reports the happening of a story.

A logistic regression with fixed signs (similarity can only increase the score, distance in time
only decrease it). The weights are in `weights.json`, written by `python -m
tests.training.dedup.train`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering.comparison import COLUMNS, Matrix

MEANS: Final = ("body", "inside", "lead", "entities", "title")
"""Columns whose mean over the story's articles is an input besides the best value."""

INPUTS: Final = tuple(COLUMNS) + tuple(f"mean_{name}" for name in MEANS)
WEIGHTS: Final = Path(__file__).with_name("weights.json")
_MEAN_AT = [COLUMNS.index(name) for name in MEANS]
_GAP = COLUMNS.index("gap")
_MIN_PROBABILITY = 1e-6


def story_inputs(pairs: Matrix, sizes: Sequence[int]) -> Matrix:
    """Combine rows of pairs, ``sizes[i]`` of them for story i, into one row of `INPUTS` a story."""
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
    best = np.maximum.reduceat(pairs, starts, axis=0)
    best[:, _GAP] = np.minimum.reduceat(pairs[:, _GAP], starts)
    means = np.add.reduceat(pairs[:, _MEAN_AT], starts, axis=0) / np.array(sizes)[:, None]
    return np.concatenate((best, means), axis=1)


@dataclass(frozen=True, slots=True)
class MergeModel:
    """The weights of the merge score, and the prior of common words that they were trained with."""

    intercept: float
    weights: npt.NDArray[np.float64]
    common_words: Mapping[str, float] = field(default_factory=dict)

    def log_odds(self, inputs: Matrix) -> npt.NDArray[np.float64]:
        """Return the log-odds that the article belongs, one for each row of `INPUTS`."""
        # einsum adds in the same order for any number of rows; BLAS does not.
        odds: npt.NDArray[np.float64] = np.einsum("ij,j->i", inputs, self.weights)
        return odds + self.intercept

    def to_json(self) -> str:
        """Return the weights as readable JSON."""
        kept = {
            "intercept": round(self.intercept, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(INPUTS, self.weights, strict=True)},
            "common_words": dict(sorted(self.common_words.items())),
        }
        return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def load_model(path: Path = WEIGHTS) -> MergeModel:
    """Read the weights from a file.

    Raises `KeyError` if the file lacks one of `INPUTS`.
    """
    kept = json.loads(path.read_text(encoding="utf-8"))
    weights = np.array([kept["weights"][name] for name in INPUTS])
    return MergeModel(kept["intercept"], weights, kept["common_words"])


def probability(log_odds: float) -> float:
    """Convert log-odds to a score from 0 to 1."""
    return float(1.0 / (1.0 + np.exp(-log_odds)))


def log_odds(score: float) -> float:
    """Convert a score to log-odds, which are bounded for scores very near 0 or 1."""
    bounded = min(max(score, _MIN_PROBABILITY), 1 - _MIN_PROBABILITY)
    return float(np.log(bounded / (1 - bounded)))
