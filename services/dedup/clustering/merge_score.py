"""The merge score: how likely an article reports a story's happening.

A logistic regression whose signs are fixed (likeness can only speak for, distance in
time only against), with weights in `weights.json`; `tests.training.dedup.train` makes them.
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
"""Columns whose mean over the story's articles counts besides the best."""

INPUTS: Final = tuple(COLUMNS) + tuple(f"mean_{name}" for name in MEANS)
WEIGHTS: Final = Path(__file__).with_name("weights.json")
_MEAN_AT = [COLUMNS.index(name) for name in MEANS]
_GAP = COLUMNS.index("gap")
_SURE = 1e-6


def story_inputs(pairs: Matrix, sizes: Sequence[int]) -> Matrix:
    """Rows of pairs, ``sizes[i]`` of them for story i, as one row of `INPUTS` a story."""
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
    best = np.maximum.reduceat(pairs, starts, axis=0)
    best[:, _GAP] = np.minimum.reduceat(pairs[:, _GAP], starts)
    means = np.add.reduceat(pairs[:, _MEAN_AT], starts, axis=0) / np.array(sizes)[:, None]
    return np.concatenate((best, means), axis=1)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the merge score, and the prior of common words it was trained with."""

    intercept: float
    weights: npt.NDArray[np.float64]
    common_words: Mapping[str, float] = field(default_factory=dict)

    def log_odds(self, inputs: Matrix) -> npt.NDArray[np.float64]:
        """Log-odds that the article belongs, one for each row of `INPUTS`."""
        # einsum adds in a fixed order, whatever the number of rows; BLAS does not.
        odds: npt.NDArray[np.float64] = np.einsum("ij,j->i", inputs, self.weights)
        return odds + self.intercept

    def dumps(self) -> str:
        """Return the weights as readable JSON."""
        kept = {
            "intercept": round(self.intercept, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(INPUTS, self.weights, strict=True)},
            "common_words": dict(sorted(self.common_words.items())),
        }
        return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def load(path: Path = WEIGHTS) -> Model:
    """Return the weights of a file.

    Raises `KeyError` when the file lacks one of `INPUTS`.
    """
    kept = json.loads(path.read_text(encoding="utf-8"))
    weights = np.array([kept["weights"][name] for name in INPUTS])
    return Model(kept["intercept"], weights, kept["common_words"])


def probability(log_odds: float) -> float:
    """Log-odds as a score from 0 to 1."""
    return float(1.0 / (1.0 + np.exp(-log_odds)))


def log_odds(score: float) -> float:
    """Return the log-odds of a score, bounded where the score is as good as 0 or 1."""
    bounded = min(max(score, _SURE), 1 - _SURE)
    return float(np.log(bounded / (1 - bounded)))
