"""Fit the weights of `services/cleaning/page_type.py`: run with the folder of the gold data.

Listings and collections of `wcxb_other` against the articles of `wcxb`, and against copies of these
with teasers and comments around the article, as news pages have them. Prints the shares that are
filtered, by models that were fitted without the hosts of the page (five folds) and by the final
one, and then the weights. Used only for development.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.models import load_models
from services.cleaning.html.blocks import read_blocks
from services.cleaning.limits import Deadline
from services.cleaning.metadata.page_metadata import read_metadata
from services.cleaning.page_extractor import page_hints, parse, select_article
from services.cleaning.page_type import page_features
from tests.training.cleaning.augmentation import augment
from tests.training.cleaning.examples import FOLDS, donors_by_fold, fold_of
from tests.training.cleaning.gold import LabelledPage, load_pages

_PATIENCE = 60.0
_RIDGE = 3.0
_ROUNDS = 40
_MAX_ARTICLES = 0.004
"""Share of the articles that the threshold lets be filtered."""
_LISTS = ("listing", "collection")

Table = NDArray[np.float64]


def features_of(page: LabelledPage) -> dict[str, float]:
    """Return the features of a page."""
    tree = parse(page.html)
    metadata = read_metadata(tree, page.url)
    blocks = read_blocks(tree, Deadline(_PATIENCE))
    hints = page_hints(metadata, None)
    selection = select_article(blocks, hints, load_models().html, Deadline(_PATIENCE))
    return page_features(page.url, metadata, blocks, selection)


def fit(table: Table, labels: Table) -> Table:
    """Return the weights and the bias of a logistic regression with a ridge, by Newton's method."""
    columns = np.hstack([table, np.ones((len(table), 1))])
    weights = np.zeros(columns.shape[1])
    ridge = np.diag([_RIDGE] * table.shape[1] + [1e-6])
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-columns @ weights))
        gradient = columns.T @ (p - labels) + ridge @ weights
        hessian = (columns * (p * (1 - p))[:, None]).T @ columns + ridge
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def log_odds(table: Table, weights: Table) -> Table:
    """Return the log-odds of each row."""
    return np.asarray(table @ weights[:-1] + weights[-1])


def report(name: str, scores: Table, labels: Table) -> float:
    """Print the shares that are filtered; return the threshold."""
    articles = np.sort(scores[labels == 0])[::-1]
    threshold = float(articles[int(_MAX_ARTICLES * len(articles))])
    lists = (scores[labels == 1] > threshold).mean()
    filtered = (articles > threshold).mean()
    print(f"{name}: {lists:.3f} of the lists, {filtered:.4f} of the articles")  # noqa: T201
    return threshold


def _with_clutter(pages: Sequence[LabelledPage]) -> list[LabelledPage]:
    donors = donors_by_fold(pages)
    made = []
    for page in pages:
        rng = Random(f"list {page.page_id}")  # noqa: S311 - the same in every run
        if changed := augment(page, donors[fold_of(page)], rng, articles=False):
            made.append(changed)
    return made


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path, help="folder that contains extraction/")
    folder = parser.parse_args().eval / "extraction"
    others = [p for p in load_pages(folder / "wcxb_other") if p.row.get("page_type") in _LISTS]
    articles = load_pages(folder / "wcxb")
    pages = [*others, *articles, *_with_clutter(articles)]
    labels = np.array([1.0] * len(others) + [0.0] * (len(pages) - len(others)))
    rows = [features_of(page) for page in pages]
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    middle, spread = table.mean(0), table.std(0) + 1e-6
    scaled = (table - middle) / spread
    folds = np.array([fold_of(page) for page in pages])
    scores = np.zeros(len(pages))
    for fold in range(FOLDS):
        inside = folds != fold
        scores[~inside] = log_odds(scaled[~inside], fit(scaled[inside], labels[inside]))
    report("without the host", scores, labels)
    weights = fit(scaled, labels)
    threshold = report("final", log_odds(scaled, weights), labels)
    for name, weight in zip(names, weights[:-1] / spread, strict=True):
        print(f'    "{name}": {weight:.3f},')  # noqa: T201
    bias = weights[-1] - float((weights[:-1] / spread) @ middle)
    print(f"BIAS = {bias:.3f}, THRESHOLD = {threshold:.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
