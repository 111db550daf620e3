"""Create the training examples of the HTML model from labelled pages.

Used only for development. The pages are read in the same way as in the cleaning stage. The pages
of WCXB and of Mozilla's Readability are used unchanged and in changed copies: the gold text alone,
and pages with more clutter around the article (`augmentation`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from services.cleaning.classifier.feature_table import Floats, PageHints
from services.cleaning.html.blocks import IN_FIGURE, read_blocks
from services.cleaning.limits import Deadline
from services.cleaning.metadata.page_metadata import read_metadata
from services.cleaning.page_extractor import page_hints, parse
from tests.training.cleaning.augmentation import DonorText, augment, donor_texts
from tests.training.cleaning.gold import LabelledPage, label_blocks, load_pages, tokens

FOLDS = 5
_PATIENCE = 60.0
_GOLD_ONLY_WEIGHT = 0.3
_AUGMENTED_WEIGHT = 0.25
SHORT_LINE = 80
_WHOLE_ARTICLE = 600
"""Minimum length of the gold text of a page of Mozilla that is an article; shorter pages test a
single feature of Readability."""


@dataclass(frozen=True)
class Example:
    """One page with its labels."""

    page_id: str
    fold: int
    """The fold, or -1 for pages that are in every training set and are never scored."""
    page: Any
    """`Blocks` of a page, or the lines of its text."""
    hints: PageHints
    texts: list[str]
    labels: Floats
    weights: Floats
    altered: bool = False
    """Whether it is a changed copy; such copies do not count in the log-odds of words."""


def fold_of(page: LabelledPage) -> int:
    """Return the fold of a page, by its host; it is the same in every run."""
    return zlib.crc32(page.host.encode()) % FOLDS


def word_weights(texts: Sequence[str], labels: Floats) -> Floats:
    """Return the training weight of each block, by its words; the article of a page weighs one."""
    words = np.array([len(tokens(text)) for text in texts], dtype=np.float32)
    whole = max(50.0, float((words * labels).sum()))
    return ((words + 2) / whole).astype(np.float32)


def read_example(page: LabelledPage, fold: int) -> Example:
    """Return the example of a page for the HTML model."""
    tree = parse(page.html)
    hints = page_hints(read_metadata(tree, page.url), None)
    blocks = read_blocks(tree, Deadline(_PATIENCE))
    labels = np.array(label_blocks(blocks.texts, page.gold or ""), dtype=np.float32)
    return Example(
        page.page_id, fold, blocks, hints, blocks.texts, labels, word_weights(blocks.texts, labels)
    )


Reader = Callable[[LabelledPage, int], Example]


def load_html_training(folder: Path) -> list[Example]:
    """Return the training examples of the HTML model.

    Of each page there are two changed copies: the gold text alone, so that clean text is left
    unchanged, and the page with more clutter.
    """
    pages = load_pages(folder / "extraction" / "wcxb")
    mozilla = read_mozilla(folder / "extraction" / "readability")
    donors = donors_by_fold(pages)
    return (
        [read_example(page, fold_of(page)) for page in pages]
        + [_gold_only(page, fold_of(page)) for page in pages]
        + [example for _, example in mozilla]
        + augmented_examples(pages, donors, read_example)
        + augmented_examples([page for page, _ in mozilla], donors, read_mozilla_example)
    )


def donors_by_fold(pages: Sequence[LabelledPage]) -> list[list[DonorText]]:
    """Return the texts that pages may use as clutter, by fold: pages of one fold share texts."""
    by_fold: list[list[LabelledPage]] = [[] for _ in range(FOLDS)]
    for page in pages:
        by_fold[fold_of(page)].append(page)
    return [donor_texts(of_fold) for of_fold in by_fold]


def augmented_examples(
    pages: Sequence[LabelledPage],
    donors: Sequence[Sequence[DonorText]],
    read: Reader,
    *,
    articles: bool = True,
) -> list[Example]:
    """Return the examples of the augmented pages; pages whose article is not found are left out."""
    made = []
    for page in pages:
        fold = fold_of(page)
        rng = Random(f"company {page.page_id}")  # noqa: S311 - the same in every run
        changed = augment(page, donors[fold], rng, articles=articles)
        if changed is not None:
            example = read(changed, fold)
            weights = example.weights * _AUGMENTED_WEIGHT
            made.append(replace(example, altered=True, weights=weights))
    return made


def read_mozilla(folder: Path) -> list[tuple[LabelledPage, Example]]:
    """Return Mozilla's test pages that are whole articles, many of them news, without repeats."""
    if not (folder / "pages.jsonl").is_file():
        return []
    found = []
    seen: set[tuple[str, ...]] = set()
    for page in load_pages(folder):
        example = read_mozilla_example(page, fold_of(page))
        texts = tuple(example.texts)
        if len(page.gold or "") < _WHOLE_ARTICLE or texts in seen:
            continue
        seen.add(texts)
        found.append((page, example))
    return found


def read_mozilla_example(page: LabelledPage, fold: int) -> Example:
    """Return the example of one of Mozilla's pages for the HTML model.

    Mozilla's expected output includes captions, bylines and dates, which the gold text of WCXB does
    not. Such lines have zero weight, so that the model does not learn from them.
    """
    example = read_example(page, fold)
    return replace(example, page_id=f"m-{page.page_id}", weights=_weights_without_captions(example))


def _weights_without_captions(example: Example) -> Floats:
    """Return the weights, 0 for kept lines that may be captions, bylines or dates."""
    page = example.page
    short = np.array([len(text) < SHORT_LINE for text in example.texts])
    tags = [page.signatures[sort].tag for sort in page.signature[page.owner].tolist()]
    of_text = np.array([tag in ("p", "h2", "h3", "h4", "li") for tag in tags])
    in_figure = (page.flags[page.owner] & IN_FIGURE) > 0
    unsure = (example.labels > 0.1) & (in_figure | (short & ~of_text))
    return np.where(unsure, 0, example.weights).astype(np.float32)


def _gold_only(page: LabelledPage, fold: int) -> Example:
    found = [line for line in (page.gold or "").splitlines() if line.strip()]
    markup = "".join(f"<p>{escape(line)}</p>" for line in found)
    only_gold = replace(page, page_id=page.page_id + "-gold", html=f"<body>{markup}</body>")
    example = read_example(only_gold, fold)
    return replace(
        example,
        altered=True,
        labels=np.ones_like(example.labels),
        weights=example.weights * _GOLD_ONLY_WEIGHT,
    )
