"""The merge score: the probability that an article reports the event of a story.

It is a logistic regression whose signs are fixed: similarity can only raise the score, distance
in time can only lower it. `tests.training.dedup.train` writes the weights to `weights.json`.
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

AVERAGED_COLUMNS: Final = (
    "body_cosine",
    "term_containment",
    "lead_cosine",
    "entity_cosine",
    "title_cosine",
    "untitled",
)
"""Columns whose mean over the story's articles is an input, besides their best value."""

INPUTS: Final = tuple(COLUMNS) + tuple(f"mean_{name}" for name in AVERAGED_COLUMNS)
"""Names of the inputs of the model, in order."""
WEIGHTS_FILE: Final = Path(__file__).with_name("weights.json")
_AVERAGED = [COLUMNS.index(name) for name in AVERAGED_COLUMNS]
_DAYS_APART = COLUMNS.index("log_days_apart")
_MIN_PROBABILITY = 1e-6
"""Scores this near to 0 or 1 are bounded, so that their log-odds stay finite."""


def story_inputs(pairs: Matrix, sizes: Sequence[int]) -> Matrix:
    """Return a row of `INPUTS` for each story.

    ``pairs`` are rows of `COLUMNS`, one for each article of a story, ``sizes[i]`` of them for
    story i. The best value of each column is taken: the highest, but the least distance in time.
    """
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
    best = np.maximum.reduceat(pairs, starts, axis=0)
    best[:, _DAYS_APART] = np.minimum.reduceat(pairs[:, _DAYS_APART], starts)
    means = np.add.reduceat(pairs[:, _AVERAGED], starts, axis=0) / np.array(sizes)[:, None]
    return np.concatenate((best, means), axis=1)


@dataclass(frozen=True, slots=True)
class MergeModel:
    """Weights of the merge score, and the prior of common words they were trained with."""

    intercept: float
    weights: npt.NDArray[np.float64]
    """One for each of `INPUTS`."""
    common_words: Mapping[str, float] = field(default_factory=dict)
    """Share of articles that contain a word, for the most common words."""

    def log_odds(self, inputs: Matrix) -> npt.NDArray[np.float64]:
        """Return the log-odds that the article belongs to a story, for each row of `INPUTS`."""
        # einsum adds in a fixed order whatever the number of rows; BLAS does not.
        odds: npt.NDArray[np.float64] = np.einsum("ij,j->i", inputs, self.weights)
        return odds + self.intercept

    def to_json(self) -> str:
        """Return the model as JSON, with rounded weights."""
        kept = {
            "intercept": round(self.intercept, 4),
            "weights": {n: round(float(w), 4) for n, w in zip(INPUTS, self.weights, strict=True)},
            "common_words": dict(sorted(self.common_words.items())),
        }
        return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def load_model(path: Path = WEIGHTS_FILE) -> MergeModel:
    """Read a model from a file.

    Raises `KeyError` if the file has no weight for one of `INPUTS`.
    """
    kept = json.loads(path.read_text(encoding="utf-8"))
    weights = np.array([kept["weights"][name] for name in INPUTS])
    return MergeModel(kept["intercept"], weights, kept["common_words"])


def probability(log_odds: float) -> float:
    """Return the probability, from 0 to 1, that corresponds to log-odds."""
    return float(1.0 / (1.0 + np.exp(-log_odds)))


def log_odds(score: float) -> float:
    """Return the log-odds of a probability; it is bounded first if it is nearly 0 or 1."""
    bounded = min(max(score, _MIN_PROBABILITY), 1 - _MIN_PROBABILITY)
    return float(np.log(bounded / (1 - bounded)))
