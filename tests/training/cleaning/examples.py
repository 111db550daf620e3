"""The labelled pages that the cleaner's models learn from, each read as the cleaner reads it.

Development only. Beside the pages of WCXB and of Mozilla's Readability there are copies of
them: their gold text alone, the lines cut to the article and little more, and pages with
more around the article than they came with (`company`).
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

from services.cleaning.classifier.block_features import Floats, Hints
from services.cleaning.html.blocks import IN_FIGURE, read_blocks
from services.cleaning.limits import Deadline
from services.cleaning.metadata.page_metadata import read_metadata
from services.cleaning.page_extractor import hints_of, parse
from services.cleaning.text.html_lines import html_lines
from tests.training.cleaning.augmentation import Text, in_company, texts_of
from tests.training.cleaning.gold import LabelledPage, label_blocks, load_pages, tokens

FOLDS = 5
_PATIENCE = 60.0
_GOLD_ONLY_WEIGHT = 0.3
_COMPANY_WEIGHT = 0.25
_CROPPED_WEIGHT = 0.6
_SHORT_LINE = 80
_WHOLE_ARTICLE = 600
"""Characters of gold from which one of Mozilla's pages is an article and no test of one feature."""

_LINES_BEFORE = (0, 0, 1, 2, 3, 4, 6, 10)
_LINES_AFTER = (0, 0, 1, 2, 3, 5, 8, 12, 20)


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


Reader = Callable[[LabelledPage, int], Example]


def load_training(folder: Path) -> tuple[list[Example], list[Example]]:
    """Read the training pages, as HTML and as lines, each with further, changed copies.

    Of HTML these are the gold text alone, as what is clean must be left as it is, and the page
    with more around the article. Of text they are that page too, and the article with the few
    lines around it: scrapers leave less clutter than whole pages hold, and a model that has
    seen whole pages only takes such a text for all clean.
    """
    pages = [(page, fold_of(page)) for page in load_pages(folder / "extraction" / "wcxb")]
    mozilla = read_mozilla(folder / "extraction" / "readability")
    lent = lend([page for page, _ in pages])
    as_lines = [read_lines_example(page, fold) for page, fold in pages]
    return (
        [read_example(page, fold) for page, fold in pages]
        + [_gold_only(page, fold) for page, fold in pages]
        + [example for _, example in mozilla]
        + in_companies([page for page, _ in pages], lent, read_example)
        + in_companies([page for page, _ in mozilla], lent, read_mozilla_example),
        as_lines
        + [_cropped(e) for e in as_lines if e.labels.max(initial=0) > 0]
        + in_companies([page for page, _ in pages], lent, read_lines_example, articles=False),
    )


def lend(pages: Sequence[LabelledPage]) -> list[list[Text]]:
    """What pages lend to others of their fold, fold by fold."""
    by_fold: list[list[LabelledPage]] = [[] for _ in range(FOLDS)]
    for page in pages:
        by_fold[fold_of(page)].append(page)
    return [texts_of(of_fold) for of_fold in by_fold]


def in_companies(
    pages: Sequence[LabelledPage],
    lent: Sequence[Sequence[Text]],
    read: Reader,
    *,
    articles: bool = True,
) -> list[Example]:
    """Read the pages with more around their articles; those left out in which none is found."""
    made = []
    for page in pages:
        fold = fold_of(page)
        rng = Random(f"company {page.page_id}")  # noqa: S311 - the same in every run
        changed = in_company(page, lent[fold], rng, articles=articles)
        if changed is not None:
            example = read(changed, fold)
            weights = example.weights * _COMPANY_WEIGHT
            made.append(replace(example, clean=True, weights=weights))
    return made


def read_mozilla(folder: Path) -> list[tuple[LabelledPage, Example]]:
    """Read Mozilla's test pages that are whole articles, many of them news; each once."""
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
    """Read and label one of Mozilla's pages for the cleaner of HTML.

    Their expected output keeps captions, bylines and dates, which is another choice than
    WCXB's: such lines have no weight here, so that neither is learnt from them.
    """
    example = read_example(page, fold)
    return replace(example, page_id=f"m-{page.page_id}", weights=_unlike(example))


def _unlike(example: Example) -> Floats:
    """Weights without those of lines kept that may be captions, bylines or dates."""
    page = example.page
    short = np.array([len(text) < _SHORT_LINE for text in example.texts])
    tags = [page.sorts[sort].tag for sort in page.sort[page.owner].tolist()]
    of_text = np.array([tag in ("p", "h2", "h3", "h4", "li") for tag in tags])
    in_figure = (page.flags[page.owner] & IN_FIGURE) > 0
    unsure = (example.labels > 0.1) & (in_figure | (short & ~of_text))
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
    gold = np.flatnonzero(example.labels > 0.5)
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
