"""Train the cleaning models: `python -m tests.training.cleaning.train EVAL_FOLDER`.

Used only for development; needs lightgbm. Pages of one host are never on both sides of a split.
The inputs of a step that come from an earlier step (log-odds of words, first-pass probabilities)
are computed by models that were trained without the page, as in production.
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
from services.cleaning.classifier.block_features import compute_block_features
from services.cleaning.classifier.decision_trees import MAX_LEAVES, Trees
from services.cleaning.classifier.feature_table import Floats, LogOdds
from services.cleaning.classifier.second_pass import compute_second_pass_features
from services.cleaning.html.blocks import Blocks
from services.cleaning.text.line_style import MAX_SHORT_LINE, line_words
from tests.training.cleaning.examples import Example, load_html_training
from tests.training.cleaning.line_examples import load_text_training
from tests.training.cleaning.word_odds import learn_odds

_MIN_SECOND_PASS = 0.02
"""Minimum first-pass probability of the blocks that the second pass is trained on.

It is lower than that of the blocks that the second pass predicts (`models.MIN_SECOND_PASS`)."""

Booster = dict[str, Any]


@dataclass(frozen=True)
class Recipe:
    """Parameters of the trees of the first and the second pass."""

    first_trees: int
    second_trees: int
    leaves: int = MAX_LEAVES
    rate: float = 0.1


HTML = Recipe(first_trees=80, second_trees=160)
TEXT = Recipe(first_trees=120, second_trees=240)


def learn_log_odds(examples: Sequence[Example]) -> LogOdds:
    """Learn the log-odds of words in short lines and of words in names of elements."""
    examples = [e for e in examples if not e.altered]
    words = learn_odds(
        (
            [
                (line_words(text), bool(y > 0.5))
                for text, y in zip(e.texts, e.labels, strict=True)
                if len(text) <= MAX_SHORT_LINE
            ]
            for e in examples
        ),
        min_documents=10,
        min_log_odds=0.8,
    )
    names = learn_odds(
        (_element_names(e.page, e.labels) for e in examples if isinstance(e.page, Blocks)),
        min_documents=12,
        min_log_odds=0.5,
    )
    return LogOdds(words, names)


def _element_names(page: Blocks, labels: Floats) -> list[tuple[tuple[str, ...], bool]]:
    """Return the names of each element, and whether most of its text is kept."""
    lengths = np.array([len(text) for text in page.texts], dtype=np.float32)
    whole = np.concatenate([[0], np.cumsum(lengths)])
    kept = np.concatenate([[0], np.cumsum(lengths * labels)])
    out = []
    elements = zip(page.signature.tolist(), page.first.tolist(), page.last.tolist(), strict=True)
    for sort, first, last in elements:
        names = page.signatures[sort].names
        if names and last > first:
            share = (kept[last] - kept[first]) / (whole[last] - whole[first])
            out.append((names, bool(share > 0.5)))
    return out


def grow(
    tables: Sequence[Floats], examples: Sequence[Example], trees: int, leaves: int, rate: float
) -> list[Booster]:
    """Train trees on the rows of all examples; the result is read by `Trees.from_json`."""
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
    return [_serialize(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _serialize(root: dict[str, Any]) -> Booster:
    features: list[int] = []
    thresholds: list[float] = []
    masks: list[int] = []
    leaves: list[float] = []

    def visit(node: dict[str, Any]) -> int:
        """Add a subtree; return the bit mask of its leaves."""
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
    if not features:  # a tree without a split gets one that has no effect
        return {"f": [0], "t": [3e38], "m": [0xFFFE], "v": [leaves[0], leaves[0]]}
    return {"f": features, "t": thresholds, "m": masks, "v": leaves}


Compute = Callable[[Example, LogOdds], Any]
ComputeSecondPass = Callable[[Any, Floats], Floats]


def fit(
    examples: Sequence[Example], compute: Compute, compute_second: ComputeSecondPass, recipe: Recipe
) -> dict[str, Any]:
    """Fit log-odds and the trees of both passes; return the content of the weights file."""
    groups = sorted({e.fold for e in examples if e.fold >= 0})
    features: dict[int, Any] = {}
    for group in groups:
        odds = learn_log_odds([e for e in examples if e.fold != group])
        for i, example in enumerate(examples):
            if example.fold == group or (example.fold < 0 and group == groups[0]):
                features[i] = compute(example, odds)
    tables = [features[i].table for i in range(len(examples))]
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
                rows = p > _MIN_SECOND_PASS
                second[i] = np.hstack([compute_second(features[i], p), tables[i]])[rows]
                kept[i] = replace(
                    example, labels=example.labels[rows], weights=example.weights[rows]
                )
    first = grow(tables, examples, recipe.first_trees, recipe.leaves, recipe.rate)
    seen = sorted(second)
    odds = learn_log_odds(examples)
    return {
        "words": dict(sorted(odds.words.items())),
        "names": dict(sorted(odds.names.items())),
        "first": first,
        "second": grow([second[i] for i in seen], [kept[i] for i in seen],
                       recipe.second_trees, recipe.leaves, recipe.rate),
    }  # fmt: skip


def html_features(example: Example, odds: LogOdds) -> Any:
    """Return the features of an example of the HTML model."""
    return compute_block_features(example.page, example.hints, odds)


def fit_html(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit the HTML model."""
    return fit(examples, html_features, compute_second_pass_features, recipe)


def fit_text(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit the text model."""
    return fit(
        examples,
        lambda e, odds: text_features.compute_line_features(e.page, odds),
        text_features.compute_second_pass_features,
        recipe,
    )


def main() -> None:
    """Train on all pages of `wcxb` and `readability` and write the weights file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path, help="folder that contains extraction/wcxb")
    parser.add_argument("--only", choices=("html", "text"), help="train only this model")
    chosen = parser.parse_args()
    weights = {}
    if models.WEIGHTS.exists():
        weights = json.loads(gzip.decompress(models.WEIGHTS.read_bytes()))
    if chosen.only != "text":
        weights["html"] = fit_html(load_html_training(chosen.eval), HTML)
    if chosen.only != "html":
        weights["text"] = fit_text(load_text_training(chosen.eval), TEXT)
    written = json.dumps(weights, separators=(",", ":"), ensure_ascii=False).encode()
    models.WEIGHTS.write_bytes(gzip.compress(written, mtime=0))
    print(f"{models.WEIGHTS}: {models.WEIGHTS.stat().st_size:,} bytes")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
