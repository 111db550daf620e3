"""Create the training examples of the text model: the lines of labelled pages without their tags.

Used only for development. The pages of WCXB and of Mozilla's Readability are used unchanged and in
changed copies: with more clutter around the article (`augmentation`), with the article cropped to a
few lines around it, with the article between the lines of other pages, and in an unknown language.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from services.cleaning.classifier.feature_table import PageHints
from services.cleaning.text.html_lines import html_lines
from tests.training.cleaning.examples import (
    FOLDS,
    SHORT_LINE,
    Example,
    augmented_examples,
    donors_by_fold,
    fold_of,
    read_mozilla,
    word_weights,
)
from tests.training.cleaning.gold import LabelledPage, label_blocks, load_pages
from tests.training.cleaning.unknown_language import exchange_letters

_CROPPED_WEIGHT, _FRAMED_WEIGHT, _UNKNOWN_LANGUAGE_WEIGHT = 0.6, 0.2, 0.25
_FRAMES = 2
"""Number of other pages around whose article each article is put."""
_LINES_BEFORE = (0, 0, 1, 2, 3, 4, 6, 10)
_LINES_AFTER = (0, 0, 1, 2, 3, 5, 8, 12, 20)
_KEPT = 0.5


def load_text_training(folder: Path) -> list[Example]:
    """Return the training examples of the text model, with changed copies of each page.

    Scraped text has less clutter than whole pages, and a model trained only on whole pages would
    keep all of such a text: hence the cropped copies. An article in the frame of another page
    teaches which of the lines around an article are clutter at any site.
    """
    pages = load_pages(folder / "extraction" / "wcxb")
    as_lines = [read_lines_example(page, fold_of(page)) for page in pages]
    more = augmented_examples(pages, donors_by_fold(pages), read_lines_example, articles=False)
    as_lines += _mozilla_lines(folder)
    with_text = [example for example in as_lines if example.labels.max(initial=0) > _KEPT]
    return [
        *as_lines,
        *more,
        *(_cropped(example) for example in with_text),
        *framed(with_text),
        *(in_unknown_language(example) for example in as_lines),
    ]


def read_lines_example(page: LabelledPage, fold: int) -> Example:
    """Return the example of a page, without its tags, for the text model."""
    found = html_lines(page.html)
    labels = np.array(label_blocks(found, page.gold or ""), dtype=np.float32)
    weights = word_weights(found, labels)
    return Example(page.page_id, fold, found, PageHints(), found, labels, weights)


def _mozilla_lines(folder: Path) -> list[Example]:
    """Return Mozilla's pages as lines.

    Short lines that Mozilla keeps may be captions, bylines or dates, which the gold text of WCXB
    does not have: they get no weight, and the pages do not count in the log-odds of words.
    """
    made = []
    for page, _ in read_mozilla(folder / "extraction" / "readability"):
        example = read_lines_example(page, fold_of(page))
        is_short = np.array([len(text) < SHORT_LINE for text in example.texts])
        weights = np.where((example.labels > 0.1) & is_short, 0, example.weights)
        made.append(replace(example, page_id=f"m-{page.page_id}", altered=True, weights=weights))
    return made


def _cropped(example: Example) -> Example:
    """Crop the lines of a page to the article and a random few before and after it."""
    rng = np.random.default_rng(zlib.crc32(example.page_id.encode()))
    own = _article(example)
    start = max(0, own.start - int(rng.choice(_LINES_BEFORE)))
    part = slice(start, own.stop + int(rng.choice(_LINES_AFTER)))
    return _joined(example, [(example, part)], "-cropped", _CROPPED_WEIGHT)


def framed(examples: Sequence[Example]) -> list[Example]:
    """Return each article between the lines around the articles of other pages of its fold."""
    made = []
    for fold in range(FOLDS):
        of_fold = [example for example in examples if example.fold == fold]
        Random(f"frames {fold}").shuffle(of_fold)  # noqa: S311 - the same in every run
        for number in range(1, _FRAMES + 1):
            frames = of_fold[number:] + of_fold[:number]
            made += [
                _framed(example, frame, number)
                for example, frame in zip(of_fold, frames, strict=True)
                if frame is not example
            ]
    return made


def _framed(example: Example, frame: Example, number: int) -> Example:
    """Replace the article of a page, from its first to its last line, by another article."""
    hole = _article(frame)
    parts = [
        (frame, slice(0, hole.start)),
        (example, _article(example)),
        (frame, slice(hole.stop, None)),
    ]
    return _joined(example, parts, f"-framed-{number}", _FRAMED_WEIGHT)


def in_unknown_language(example: Example) -> Example:
    """Return a copy of a page of which no word is known."""
    texts = exchange_letters(example.texts, example.page_id)
    weights = example.weights * _UNKNOWN_LANGUAGE_WEIGHT
    page_id = example.page_id + "-unknown"
    return replace(example, page_id=page_id, page=texts, altered=True, texts=texts, weights=weights)


def _article(example: Example) -> slice:
    """Return the range of lines from the first to the last one of the article."""
    kept = np.flatnonzero(example.labels > _KEPT)
    return slice(int(kept[0]), int(kept[-1]) + 1)


def _joined(
    example: Example, parts: Sequence[tuple[Example, slice]], suffix: str, weight: float
) -> Example:
    """Return a changed copy made of ranges of lines; lines without weight stay without it."""
    texts = [text for one, part in parts for text in one.texts[part]]
    labels = np.concatenate([one.labels[part] for one, part in parts])
    counts = np.concatenate([one.weights[part] > 0 for one, part in parts])
    return replace(
        example,
        page_id=example.page_id + suffix,
        page=texts,
        altered=True,
        texts=texts,
        labels=labels,
        weights=(word_weights(texts, labels) * counts * weight).astype(np.float32),
    )
