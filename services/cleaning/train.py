"""Train the cleaner's weights: `python -m services.cleaning.train EVAL_FOLDER`.

Development only (needs lightgbm). Pages of one host never lie on both sides of a
split. Everything a later step reads of an earlier one (word odds, first-look
probabilities) is made by models that have not seen the page, as in use.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from services.cleaning import lines, model
from services.cleaning.blocks import IN_FIGURE, Blocks, read_blocks
from services.cleaning.features import Floats, Hints, Odds, measure, measure_again
from services.cleaning.gold import LabelledPage, label_blocks, load_pages, tokens
from services.cleaning.limits import Deadline
from services.cleaning.lines import html_lines
from services.cleaning.metadata import read_metadata
from services.cleaning.pages import hints_of, parse
from services.cleaning.trees import MAX_LEAVES, Trees
from services.cleaning.words import SHORT, learn_odds, line_words

FOLDS = 5
_PATIENCE = 60.0
_WORTH_A_LOOK = 0.02
"""Blocks that the second look is trained on; a margin around those it is asked for."""
_GOLD_ONLY_WEIGHT = 0.3
_SHORT_LINE = 80
_WHOLE_ARTICLE = 600
"""Characters of gold from which one of Mozilla's pages is an article and no test of one feature."""

_CROPPED_WEIGHT = 0.6
_LINES_BEFORE = (0, 0, 1, 2, 3, 4, 6, 10)
_LINES_AFTER = (0, 0, 1, 2, 3, 5, 8, 12, 20)

Booster = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One page, read and labelled."""

    page_id: str
    fold: int
    """-1: in every training set, never scored."""
    page: Any
    """`Blocks` of a page, or the lines of its text."""
    hints: Hints
    texts: list[str]
    labels: Floats
    weights: Floats
    clean: bool = False
    """Not the whole page: not counted in the odds of words."""


@dataclass(frozen=True)
class Recipe:
    """How trees are grown; `first` and `second` are the two looks."""

    first_trees: int = 50
    second_trees: int = 100
    first_leaves: int = 12
    second_leaves: int = 16
    rate: float = 0.1


HTML = Recipe(second_trees=100)
TEXT = Recipe(first_trees=80, first_leaves=16, second_trees=160)


def fold_of(page: LabelledPage) -> int:
    """Fold of a page, by its host, the same in every run."""
    return zlib.crc32(page.host.encode()) % FOLDS


def _weights(texts: Sequence[str], labels: Floats) -> Floats:
    """Return a block weighs by its words, a page by about one."""
    words = np.array([len(tokens(text)) for text in texts], dtype=np.float32)
    whole = max(50.0, float((words * labels).sum()))
    return ((words + 2) / whole).astype(np.float32)


def read_example(page: LabelledPage, fold: int) -> Example:
    """Read and label a page for the cleaner of HTML."""
    tree = parse(page.html)
    hints = hints_of(read_metadata(tree, page.url), None)
    blocks = read_blocks(tree, Deadline(_PATIENCE))
    labels = np.array(label_blocks(blocks.texts, page.gold or ""), dtype=np.float32)
    return Example(
        page.page_id, fold, blocks, hints, blocks.texts, labels, _weights(blocks.texts, labels)
    )


def read_lines_example(page: LabelledPage, fold: int) -> Example:
    """Read and label a page, its tags stripped, for the cleaner of text."""
    found = html_lines(page.html)
    labels = np.array(label_blocks(found, page.gold or ""), dtype=np.float32)
    return Example(page.page_id, fold, found, Hints(), found, labels, _weights(found, labels))


def odds_of(examples: Sequence[Example]) -> Odds:
    """Learn the odds of words in short lines and of words in names."""
    examples = [e for e in examples if not e.clean]
    words = learn_odds(
        (
            [
                (line_words(text), bool(y > 0.5))  # noqa: PLR2004 - mostly gold
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
            out.append((names, bool(share > 0.5)))  # noqa: PLR2004 - mostly gold
    return out


def grow(
    tables: Sequence[Floats], examples: Sequence[Example], trees: int, leaves: int, rate: float
) -> list[Booster]:
    """Grow trees on the rows of all examples and write them as `Trees.from_json` reads them."""
    import lightgbm  # noqa: PLC0415 - development only

    labels = np.concatenate([e.labels for e in examples])
    data = lightgbm.Dataset(
        np.concatenate(tables),
        (labels > 0.5).astype(np.int32),  # noqa: PLR2004 - mostly gold
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
                    recipe.first_trees, recipe.first_leaves, recipe.rate)  # fmt: skip
        trees = Trees.from_json(part)
        for i, example in enumerate(examples):
            if example.fold == group:
                p = trees.predict(tables[i])
                rows = p > _WORTH_A_LOOK
                second[i] = np.hstack([again(measured[i], p), tables[i]])[rows]
                kept[i] = replace(
                    example, labels=example.labels[rows], weights=example.weights[rows]
                )
    first = grow(tables, examples, recipe.first_trees, recipe.first_leaves, recipe.rate)
    seen = sorted(second)
    odds = odds_of(examples)
    return {
        "words": dict(sorted(odds.words.items())),
        "names": dict(sorted(odds.names.items())),
        "first": first,
        "second": grow([second[i] for i in seen], [kept[i] for i in seen],
                       recipe.second_trees, recipe.second_leaves, recipe.rate),
    }  # fmt: skip


def look_at_page(example: Example, odds: Odds) -> Any:
    """Measure a page of HTML."""
    return measure(example.page, example.hints, odds)


def fit_html(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit the cleaner of HTML."""
    return fit(examples, look_at_page, measure_again, recipe)


def fit_text(examples: Sequence[Example], recipe: Recipe) -> dict[str, Any]:
    """Fit the cleaner of text."""
    return fit(examples, lambda e, odds: lines.measure(e.page, odds), lines.measure_again, recipe)


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
    if model.WEIGHTS.exists():
        weights = json.loads(gzip.decompress(model.WEIGHTS.read_bytes()))
    if chosen.only != "text":
        weights["html"] = fit_html(examples, HTML)
    if chosen.only != "html":
        weights["text"] = fit_text(as_lines, TEXT)
    written = json.dumps(weights, separators=(",", ":"), ensure_ascii=False).encode()
    model.WEIGHTS.write_bytes(gzip.compress(written, mtime=0))
    print(f"{model.WEIGHTS}: {model.WEIGHTS.stat().st_size:,} bytes")  # noqa: T201 - a command


def load_training(folder: Path) -> tuple[list[Example], list[Example]]:
    """Read the training pages, as HTML and as lines, each with a second, cleaner example.

    Of HTML that is the gold text alone: what is clean must be left as it is. Of text it is
    the article with the few lines around it: scrapers leave less clutter than whole pages
    hold, and a model that has seen whole pages only takes such a text for all clean.
    """
    pages = [(p, fold_of(p)) for p in load_pages(folder / "extraction" / "wcxb")]
    as_lines = [read_lines_example(p, f) for p, f in pages]
    return (
        [read_example(p, f) for p, f in pages]
        + [_gold_only(p, f) for p, f in pages]
        + read_mozilla(folder / "extraction" / "readability"),
        as_lines + [_cropped(e) for e in as_lines if e.labels.max(initial=0) > 0],
    )


def read_mozilla(folder: Path) -> list[Example]:
    """Read Mozilla's test pages, many of them news, for the cleaner of HTML.

    Their expected output keeps captions, bylines and dates, which is another choice than
    WCXB's: such lines have no weight here, so that neither is learnt from them.
    """
    if not (folder / "pages.jsonl").is_file():
        return []
    examples = []
    seen: set[tuple[str, ...]] = set()
    for page in load_pages(folder):
        example = read_example(page, fold_of(page))
        texts = tuple(example.texts)
        if len(page.gold or "") < _WHOLE_ARTICLE or texts in seen:
            continue
        seen.add(texts)
        examples.append(replace(example, page_id=f"m-{page.page_id}", weights=_unlike(example)))
    return examples


def _unlike(example: Example) -> Floats:
    """Weights without those of lines kept that may be captions, bylines or dates."""
    page = example.page
    short = np.array([len(text) < _SHORT_LINE for text in example.texts])
    tags = [page.sorts[sort].tag for sort in page.sort[page.owner].tolist()]
    of_text = np.array([tag in ("p", "h2", "h3", "h4", "li") for tag in tags])
    in_figure = (page.flags[page.owner] & IN_FIGURE) > 0
    unsure = (example.labels > 0.1) & (in_figure | (short & ~of_text))  # noqa: PLR2004 - partly kept
    return np.where(unsure, 0, example.weights).astype(np.float32)


def _gold_only(page: LabelledPage, fold: int) -> Example:
    found = [line for line in (page.gold or "").splitlines() if line.strip()]
    markup = "".join(f"<p>{escape(line)}</p>" for line in found)
    clean = replace(page, page_id=page.page_id + "-gold", html=f"<body>{markup}</body>")
    example = read_example(clean, fold)
    return replace(
        example,
        clean=True,
        labels=np.ones_like(example.labels),
        weights=example.weights * _GOLD_ONLY_WEIGHT,
    )


def _cropped(example: Example) -> Example:
    """Cut a page's lines to the article and a random few before and after it."""
    rng = np.random.default_rng(zlib.crc32(example.page_id.encode()))
    gold = np.flatnonzero(example.labels > 0.5)  # noqa: PLR2004 - mostly gold
    first, last = (int(gold[0]), int(gold[-1]) + 1) if len(gold) else (0, len(example.texts))
    start = max(0, first - int(rng.choice(_LINES_BEFORE)))
    end = last + int(rng.choice(_LINES_AFTER))
    texts = example.texts[start:end]
    return replace(
        example,
        page_id=example.page_id + "-gold",
        page=texts,
        clean=True,
        texts=texts,
        labels=example.labels[start:end],
        weights=example.weights[start:end] * _CROPPED_WEIGHT,
    )


if __name__ == "__main__":
    main()
