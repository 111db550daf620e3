"""Decide whether one text is a copy of another: exact, near or an excerpt.

Overlaps are Broder's resemblance and containment, computed on the two texts' shingle sets, or
for long texts on the part of the hash range that both samples cover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.article import CopyKind
from services.dedup.features.article_features import (
    MAX_CAPITALIZED_WORDS,
    MAX_NUMBERS,
    MAX_SHINGLES,
    ArticleFeatures,
)
from services.dedup.features.tokenizer import intersection_size
from services.dedup.features.tokens import Hashes
from services.dedup.settings import DedupSettings

METHOD: Final = "shingle-5/bottom-512"
"""Name of the method in verdicts: shingles of five words, sketches of the 512 smallest."""
SHORT_TEXT: Final = 16
"""Texts of fewer shingles are copies only if nearly all is shared, under one headline."""
SHORT_TEXT_SHARE: Final = 0.9
"""Share of a short text's shingles that a copy must have."""
SHORTEST_NEAR_COPY: Final = 4
"""Texts of fewer shingles are copies only if exact."""
MIN_SAME_NUMBERS: Final = 0.6
MIN_SAME_NAMES: Final = 0.5
"""Shares of one text's numbers and names that must be in the other text (of the text with fewer
of them): below them the two only fill the same template."""
GARBLED_SHINGLES: Final = 0.05
"""Share of shingles that survive in a garbled copy (5 % of letters wrong leave about .24)."""
GARBLED_TERMS: Final = 0.45
"""Share of words that survive in a garbled copy, both ways."""
GARBLED_UNKNOWN: Final = 0.6
"""Share of a garbled copy's other words that no other article has."""
GARBLED_NUMBERS: Final = 0.6
GARBLED_NAMES: Final = 0.5
"""As `MIN_SAME_NUMBERS` and `MIN_SAME_NAMES`, for a garbled copy."""
GARBLED_SIZE: Final = 0.85
"""Ratio of the two lengths from which a text may be a garbled copy: errors keep the length."""
GARBLED_PAIRS: Final = 0.65
"""As `GARBLED_TERMS`, in a script without spaces, where a word is a pair of characters. There the
pairs that differ are known from other articles."""
GARBLED_PAIR_SHINGLES: Final = 0.2
"""As `GARBLED_SHINGLES`, in a script without spaces."""
GARBLED_EXPONENT: Final = 1.5
"""Errors all over a text leave far fewer shingles than words: at most words ** 1.5 of them.
A text with a new half keeps as many of the one as of the other."""
REORDERED_SHINGLES: Final = 0.35
"""Share of shingles that survive where short paragraphs change places."""
SHORTEST_CHANGED: Final = 30
"""Texts of fewer shingles are not taken as reordered or garbled: they share most common words
anyway, and two reports of one kind differ in a few words that nobody else has."""
REORDERED_WORDS: Final = 0.92
"""Share of the words, names and numbers of the text with fewer that reordering leaves."""
REORDERED_BOTH: Final = 0.8
"""As `REORDERED_WORDS`, of the text with more: one that says more is a report of its own."""
TEASER_SHARE: Final = 0.5
"""Share of a teaser's shingles that the article under the same headline has. The rest asks the
reader to subscribe."""
MIN_TEASER_SHINGLES: Final = 10
"""Shingles that a teaser and its article share, at least."""
LONGEST_TEASER: Final = 80
"""A teaser has fewer shingles."""
EXCERPT_SIZE: Final = 0.6
"""A text less than this part of the other's size is an excerpt of it, not an edit."""
_MIN_NUMBERS = 2
_MIN_NAMES = 4
_MIN_NUMBERS_GARBLED = 3
"""Fewer numbers or names than these show nothing about a template."""
_ANY_NAMES = 0.0
"""Share of names that always agrees: the words of a request to subscribe are no names."""
_MIN_OTHER_TERMS = 4
"""Differing words that a garbled copy must have."""

KnownTerms = Callable[[Hashes], npt.NDArray[np.bool_]]
"""Returns for each of some terms whether it is known from other articles."""


@dataclass(frozen=True, slots=True)
class TextOverlap:
    """How much two texts share; shares are from 0 to 1."""

    jaccard: float
    """Shared shingles by all shingles of both (resemblance)."""
    share_of_new: float
    """Share of the new text's shingles that are in the old one (containment)."""
    share_of_old: float
    """Share of the old text's shingles that are in the new one."""
    exact: bool
    """Whether the two have the same words in the same order."""


def text_overlap(new: ArticleFeatures, old: ArticleFeatures) -> TextOverlap:
    """Return how much a new text shares with an old one."""
    new_part, old_part = _comparable(new.shingles, old.shingles, MAX_SHINGLES)
    common = intersection_size(new_part, old_part)
    union = len(new_part) + len(old_part) - common
    return TextOverlap(
        common / union if union else 0.0,
        common / len(new_part) if len(new_part) else 0.0,
        common / len(old_part) if len(old_part) else 0.0,
        new.text_digest == old.text_digest,
    )


def _comparable(left: Hashes, right: Hashes, sample_size: int) -> tuple[Hashes, Hashes]:
    """Return the parts of two samples up to the hash at which the first of them ends.

    Below it both samples are complete. A sample of fewer than ``sample_size`` is the whole set.
    """
    limits = [sample[-1] for sample in (left, right) if len(sample) >= sample_size]
    if not limits:
        return left, right
    limit = min(limits)
    left_part = left[: int(np.searchsorted(left, limit, side="right"))]
    return left_part, right[: int(np.searchsorted(right, limit, side="right"))]


def classify_copy(
    new: ArticleFeatures,
    old: ArticleFeatures,
    overlap: TextOverlap,
    settings: DedupSettings,
    is_known: KnownTerms,
) -> CopyKind | None:
    """Return what kind of copy of the old text the new one is, or None if it is none.

    ``overlap`` is the `text_overlap` of the two.
    """
    smaller = min(new.shingle_count, old.shingle_count)
    if not smaller:
        return None
    same_title = np.array_equal(new.title_terms, old.title_terms)
    if overlap.exact and (smaller >= SHORT_TEXT or same_title):
        return CopyKind.EXACT
    if smaller < SHORTEST_NEAR_COPY or (smaller < SHORT_TEXT and not same_title):
        return None
    return _classify_changed_copy(new, old, overlap, settings, is_known)


def _classify_changed_copy(
    new: ArticleFeatures,
    old: ArticleFeatures,
    overlap: TextOverlap,
    settings: DedupSettings,
    is_known: KnownTerms,
) -> CopyKind | None:
    smaller = min(new.shingle_count, old.shingle_count)
    containment = max(overlap.share_of_new, overlap.share_of_old)
    is_excerpt = smaller < EXCERPT_SIZE * max(new.shingle_count, old.shingle_count)
    if containment >= (SHORT_TEXT_SHARE if smaller < SHORT_TEXT else settings.copy_share):
        if _is_same_template(new, old, MIN_SAME_NUMBERS, MIN_SAME_NAMES, _MIN_NUMBERS):
            return None
        return CopyKind.EXCERPT if is_excerpt else CopyKind.NEAR
    if is_excerpt and _is_teaser(new, old, overlap):
        return CopyKind.EXCERPT
    changed = _is_reordered(new, old, containment) or _is_garbled(new, old, overlap, is_known)
    return CopyKind.NEAR if changed else None


def _is_teaser(new: ArticleFeatures, old: ArticleFeatures, overlap: TextOverlap) -> bool:
    """Return whether the shorter text is a teaser of the other with a request to subscribe.

    It has the other's headline, and at least half of it is text of the other.
    """
    smaller = min(new.shingle_count, old.shingle_count)
    share = overlap.share_of_new if new.shingle_count == smaller else overlap.share_of_old
    return (
        smaller < LONGEST_TEASER
        and share >= TEASER_SHARE
        and share * smaller >= MIN_TEASER_SHINGLES
        and len(new.title_terms) > 0
        and np.array_equal(new.title_terms, old.title_terms)
        and not _is_same_template(new, old, MIN_SAME_NUMBERS, _ANY_NAMES, _MIN_NUMBERS)
    )


def _is_same_template(
    new: ArticleFeatures,
    old: ArticleFeatures,
    min_same_numbers: float,
    min_same_names: float,
    min_numbers: int,
) -> bool:
    """Return whether most numbers, or most names, of one text are not in the other."""
    for mine, theirs, sample_size, min_size, min_share in (
        (new.numbers, old.numbers, MAX_NUMBERS, min_numbers, min_same_numbers),
        (
            new.capitalized_words,
            old.capitalized_words,
            MAX_CAPITALIZED_WORDS,
            _MIN_NAMES,
            min_same_names,
        ),
    ):
        new_part, old_part = _comparable(mine, theirs, sample_size)
        smaller = min(len(new_part), len(old_part))
        if smaller >= min_size and intersection_size(new_part, old_part) / smaller < min_share:
            return True
    return False


def _is_reordered(new: ArticleFeatures, old: ArticleFeatures, containment: float) -> bool:
    """Return whether one text has the other's words, names and numbers in another order."""
    smaller = min(new.shingle_count, old.shingle_count)
    if containment < REORDERED_SHINGLES or smaller < SHORTEST_CHANGED:
        return False
    pairs = (
        (new.terms, old.terms),
        _comparable(new.numbers, old.numbers, MAX_NUMBERS),
        _comparable(new.capitalized_words, old.capitalized_words, MAX_CAPITALIZED_WORDS),
    )
    return all(_nearly_equal(left, right) for left, right in pairs)


def _nearly_equal(left: Hashes, right: Hashes) -> bool:
    """Return whether two sets differ by no more than reordering a text makes them differ."""
    smaller, larger = sorted((len(left), len(right)))
    common = intersection_size(left, right)
    return common >= REORDERED_WORDS * smaller and common >= REORDERED_BOTH * larger


def _is_garbled(
    new: ArticleFeatures, old: ArticleFeatures, overlap: TextOverlap, is_known: KnownTerms
) -> bool:
    """Return whether one text is the other with wrong letters all over.

    Most words are the same, but few runs of five, and the words that differ are words of no
    other article. The last distinguishes it from two reports in similar words.
    """
    sizes = (new.shingle_count, old.shingle_count)
    shares = (overlap.share_of_new, overlap.share_of_old)
    is_alike_in_size = min(sizes) >= max(SHORTEST_CHANGED, GARBLED_SIZE * max(sizes))
    if not is_alike_in_size or min(shares) < GARBLED_SHINGLES:
        return False
    shared_terms = intersection_size(new.terms, old.terms)
    term_share = shared_terms / max(1, len(new.terms), len(old.terms))
    if term_share < GARBLED_TERMS or max(shares) > term_share**GARBLED_EXPONENT:
        return False
    if _is_same_template(new, old, GARBLED_NUMBERS, GARBLED_NAMES, _MIN_NUMBERS_GARBLED):
        return False
    if new.is_unspaced:
        return term_share >= GARBLED_PAIRS and min(shares) >= GARBLED_PAIR_SHINGLES
    for mine, theirs in ((new.terms, old.terms), (old.terms, new.terms)):
        others = np.setdiff1d(mine, theirs, assume_unique=True)
        if len(others) >= _MIN_OTHER_TERMS and np.mean(~is_known(others)) >= GARBLED_UNKNOWN:
            return True
    return False
