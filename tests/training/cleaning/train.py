"""Train the cleaner's weights: `python -m tests.training.cleaning.train EVAL_FOLDER`.

Development only (needs lightgbm). Pages of one host never lie on both sides of a
split. Everything a later step reads of an earlier one (word odds, first-look
probabilities) is made by models that have not seen the page, as in use.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from services.cleaning.classifier import models, text_features
from services.cleaning.classifier.block_features import Floats, Odds, measure, measure_again
from services.cleaning.classifier.decision_trees import MAX_LEAVES, Trees
from services.cleaning.html.blocks import Blocks
from services.cleaning.text.line_style import SHORT, learn_odds, line_words
from tests.training.cleaning.examples import Example, load_training

_WORTH_A_LOOK = 0.02
"""Blocks that the second look is trained on; a margin around those it is asked for."""

Booster = dict[str, Any]


@dataclass(frozen=True)
class Recipe:
    """How trees are grown; `first` and `second` are the two looks."""

    first_trees: int
    second_trees: int
    leaves: int = MAX_LEAVES
    rate: float = 0.1


HTML = Recipe(first_trees=80, second_trees=160)
TEXT = Recipe(first_trees=120, second_trees=240)


def odds_of(examples: Sequence[Example]) -> Odds:
    """Learn the odds of words in short lines and of words in names."""
    examples = [e for e in examples if not e.clean]
    words = learn_odds(
        (
            [
                (line_words(text), bool(y > 0.5))
                for text, y in zip(e.texts, e.labels, strict=True)
                if len(text) <= SHORT
            ]
            for e in examples
        ),
        fewest=10,
        least=0.8,
    )
    names = learn_odds(
        (_named(e.page, e.labels) for e in examples if isinstance(e.page, Blocks)),
        fewest=12,
        least=0.5,
    )
    return Odds(words, names)


def _named(page: Blocks, labels: Floats) -> list[tuple[tuple[str, ...], bool]]:
    """Names of each element, and whether most of the text it holds is kept."""
    lengths = np.array([len(text) for text in page.texts], dtype=np.float32)
    whole = np.concatenate([[0], np.cumsum(lengths)])
    kept = np.concatenate([[0], np.cumsum(lengths * labels)])
    out = []
    elements = zip(page.sort.tolist(), page.first.tolist(), page.last.tolist(), strict=True)
    for sort, first, last in elements:
        names = page.sorts[sort].names
        if names and last > first:
            share = (kept[last] - kept[first]) / (whole[last] - whole[first])
            out.append((names, bool(share > 0.5)))
    return out


def grow(
    tables: Sequence[Floats], examples: Sequence[Example], trees: int, leaves: int, rate: float
) -> list[Booster]:
    """Grow trees on the rows of all examples and write them as `Trees.from_json` reads them."""
    import lightgbm  # noqa: PLC0415 - development only

    labels = np.concatenate([e.labels for e in examples])
    data = lightgbm.Dataset(
        np.concatenate(tables),
        (labels > 0.5).astype(np.int32),
        weight=np.concatenate([e.weights for e in examples]) * 100,
    )
    settings = {
        "objective": "binary",
        "num_leaves": min(leaves, MAX_LEAVES),
        "learning_rate": rate,
        "min_data_in_leaf": 40,
        "lambda_l2": 2.0,
        "feature_fraction": 0.5,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "num_threads": 1,
        "max_bin": 63,
        "seed": 7,
        "deterministic": True,
        "verbose": -1,
    }
    booster = lightgbm.train(settings, data, num_boost_round=trees)
    return [_written(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _written(root: dict[str, Any]) -> Booster:
    features: list[int] = []
    thresholds: list[float] = []
    masks: list[int] = []
    leaves: list[float] = []

    def visit(node: dict[str, Any]) -> int:
        """Note a subtree; return the bits of its leaves."""
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 3))
            return 1 << (len(leaves) - 1)
        place = len(features)
        features.append(node["split_feature"])
        thresholds.append(float(f"{node['threshold']:.5g}"))
        masks.append(0)
        left = visit(node["left_child"])
        masks[place] = 0xFFFF ^ left
        return left | visit(node["right_child"])

    visit(root)
    if not features:  # a tree that found no split: one that never decides anything
        return {"f": [0], "t": [3e38], "m": [0xFFFE], "v": [leaves[0], leaves[0]]}
    return {"f": features, "t": thresholds, "m": masks, "v": leaves}


Measure = Callable[[Example, Odds], Any]
MeasureAgain = Callable[[Any, Floats], Floats]


def fit(
    examples: Sequence[Example], look: Measure, again: MeasureAgain, recipe: Recipe
) -> dict[str, Any]:
    """Fit odds, first and second trees; what is written to the weights file."""
    groups = sorted({e.fold for e in examples if e.fold >= 0})
    measured: dict[int, Any] = {}
    for group in groups:
        odds = odds_of([e for e in examples if e.fold != group])
        for i, example in enumerate(examples):
            if example.fold == group or (example.fold < 0 and group == groups[0]):
                measured[i] = look(example, odds)
    tables = [measured[i].table for i in range(len(examples))]
    second: dict[int, Floats] = {}
    kept: dict[int, Example] = {}
    for group in groups:
        train = [i for i, e in enumerate(examples) if e.fold != group]
        part = grow([tables[i] for i in train], [examples[i] for i in train],
                    recipe.first_trees, recipe.leaves, recipe.rate)  # fmt: skip
        trees = Trees.from_json(part)
        for i, example in enumerate(examples):
            if example.fold == group:
                p = trees.predict(tables[i])
                rows = p > _WORTH_A_LOOK
                second[i] = np.hstack([again(measured[i], p), tables[i]])[rows]
                kept[i] = replace(
                    example, labels=example.labels[rows], weights=example.weights[rows]
                )
    first = grow(tables, examples, recipe.first_trees, recipe.leaves, recipe.rate)
    seen = sorted(second)
    odds = odds_of(examples)
    return {
        "words": dict(sorted(odds.words.items())),
        "names": dict(sorted(odds.names.items())),
        "first": first,
        "second": grow([second[i] for i in seen], [kept[i] for i in seen],
                       recipe.second_trees, recipe.leaves, recipe.rate),
    }  # fmt: skip


def look_at_page(example: Example, odds: Odds) -> Any:
    """Measure a page of HTML."""
    return measure(example.page, example.hints, odds)


def fit_html(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit the cleaner of HTML."""
    return fit(examples, look_at_page, measure_again, recipe)


def fit_text(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit the cleaner of text."""
    return fit(
        examples,
        lambda e, odds: text_features.measure(e.page, odds),
        text_features.measure_again,
        recipe,
    )


def main() -> None:
    """Train on all pages of `wcxb` and `readability` and write the weights file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path, help="folder that holds extraction/wcxb")
    parser.add_argument(
        "--only", choices=("html", "text"), help="keep the other weights as they are"
    )
    chosen = parser.parse_args()
    examples, as_lines = load_training(chosen.eval)
    weights = {}
    if models.WEIGHTS.exists():
        weights = json.loads(gzip.decompress(models.WEIGHTS.read_bytes()))
    if chosen.only != "text":
        weights["html"] = fit_html(examples, HTML)
    if chosen.only != "html":
        weights["text"] = fit_text(as_lines, TEXT)
    written = json.dumps(weights, separators=(",", ":"), ensure_ascii=False).encode()
    models.WEIGHTS.write_bytes(gzip.compress(written, mtime=0))
    print(f"{models.WEIGHTS}: {models.WEIGHTS.stat().st_size:,} bytes")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
