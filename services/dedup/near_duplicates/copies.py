"""Decide whether one text is a copy of another: exact, near, excerpt, or only from a template.

Shares are Broder's resemblance and containment of the two texts' sets of shingles; for long texts,
of the part that both samples cover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.article import CopyKind
from services.dedup.features.article_features import MAX_GRAMS, MAX_NAMES, MAX_NUMBERS, Features
from services.dedup.features.tokenizer import shared
from services.dedup.features.tokens import Hashes
from services.dedup.settings import DedupSettings

METHOD: Final = "shingle-5/bottom-512"
SHORT: Final = 16
"""Texts of fewer shingles are copies only if nearly everything is shared, under one headline."""
SHORT_SHARE: Final = 0.9
SHORTEST: Final = 4
"""Texts of fewer shingles are copies only if they are exact."""
SAME_NUMBERS: Final = 0.6
SAME_NAMES: Final = 0.5
"""Shares of the poorer text's numbers and names that must be in the other. Below them only the
template is the same."""
GARBLED_GRAMS: Final = 0.05
"""Share of shingles that survive in a garbled copy (5 % of wrong letters leave about .24)."""
GARBLED_TERMS: Final = 0.45
"""Share of words that survive in a garbled copy, both ways."""
GARBLED_UNKNOWN: Final = 0.6
"""Share of a garbled copy's other words that no other article has."""
GARBLED_NAMES: Final = 0.5
"""As `SAME_NAMES`, for a garbled copy's numbers and names."""
GARBLED_SIZE: Final = 0.85
"""Share of the length that remains; garbled letters hardly change it."""
REORDERED_GRAMS: Final = 0.35
"""Share of shingles that survive when short paragraphs change places."""
REORDERED_SIZE: Final = 30
"""Shingles from which reordering is recognised; shorter texts on one subject share most words."""
REORDERED_WORDS: Final = 0.92
"""Share of the poorer text's words, names and numbers that reordering leaves."""
REORDERED_BOTH: Final = 0.8
"""As `REORDERED_WORDS`, for the richer text: one that says more is a report of its own."""
EXCERPT_SIZE: Final = 0.6
"""A text of less than this share of the other size is an excerpt, not an edit."""
_FEW_NUMBERS = 2
_FEW_NAMES = 4
_FEW_GARBLED = 3
_FEW_OTHERS = 4

KnownWords = Callable[[Hashes], npt.NDArray[np.bool_]]
"""Tells for each of some words whether other articles contain it."""


@dataclass(frozen=True, slots=True)
class TextOverlap:
    """How much two texts share."""

    jaccard: float
    share_of_new: float
    """Share of the new text's shingles that are in the old one."""
    share_of_old: float
    exact: bool


def text_overlap(new: Features, old: Features) -> TextOverlap:
    """Return how much a new text shares with an old one."""
    mine, theirs = _covered(new.grams, old.grams, MAX_GRAMS)
    common = shared(mine, theirs)
    either = len(mine) + len(theirs) - common
    return TextOverlap(
        common / either if either else 0.0,
        common / len(mine) if len(mine) else 0.0,
        common / len(theirs) if len(theirs) else 0.0,
        new.digest == old.digest,
    )


def _covered(left: Hashes, right: Hashes, most: int) -> tuple[Hashes, Hashes]:
    """Return the parts of two samples below the hash up to which both are complete."""
    limits = [part[-1] for part in (left, right) if len(part) >= most]
    if not limits:
        return left, right
    limit = min(limits)
    cut_left = left[: int(np.searchsorted(left, limit, side="right"))]
    return cut_left, right[: int(np.searchsorted(right, limit, side="right"))]


def copy_kind(
    new: Features,
    old: Features,
    overlap: TextOverlap,
    settings: DedupSettings,
    is_known: KnownWords,
) -> CopyKind | None:
    """Return what kind of copy the new text is, or None if it is none."""
    small = min(new.size, old.size)
    if not small:
        return None
    same_title = np.array_equal(new.title, old.title)
    if overlap.exact and (small >= SHORT or same_title):
        return CopyKind.EXACT
    if small < SHORTEST or (small < SHORT and not same_title):
        return None
    return _changed_copy(new, old, overlap, settings, is_known)


def _changed_copy(
    new: Features,
    old: Features,
    overlap: TextOverlap,
    settings: DedupSettings,
    is_known: KnownWords,
) -> CopyKind | None:
    small = min(new.size, old.size)
    best = max(overlap.share_of_new, overlap.share_of_old)
    excerpt = small < EXCERPT_SIZE * max(new.size, old.size)
    if best >= (SHORT_SHARE if small < SHORT else settings.copy_share):
        if _template(new, old, SAME_NUMBERS, SAME_NAMES, _FEW_NUMBERS):
            return None
        return CopyKind.EXCERPT if excerpt else CopyKind.NEAR
    changed = _reordered(new, old, best) or _garbled(new, old, overlap, is_known)
    return CopyKind.NEAR if changed else None


def _template(new: Features, old: Features, numbers: float, names: float, few_numbers: int) -> bool:
    """Return whether the numbers or names of the poorer text are mostly missing in the other."""
    for mine, theirs, most, few, least in (
        (new.numbers, old.numbers, MAX_NUMBERS, few_numbers, numbers),
        (new.names, old.names, MAX_NAMES, _FEW_NAMES, names),
    ):
        mine_in, theirs_in = _covered(mine, theirs, most)
        poorer = min(len(mine_in), len(theirs_in))
        if poorer >= few and shared(mine_in, theirs_in) / poorer < least:
            return True
    return False


def _reordered(new: Features, old: Features, best: float) -> bool:
    """Return whether one text has the other's words, names and numbers in another order."""
    if best < REORDERED_GRAMS or min(new.size, old.size) < REORDERED_SIZE:
        return False
    pairs = (
        (new.terms, old.terms),
        _covered(new.numbers, old.numbers, MAX_NUMBERS),
        _covered(new.names, old.names, MAX_NAMES),
    )
    return all(_contain_the_same(mine, theirs) for mine, theirs in pairs)


def _contain_the_same(mine_in: Hashes, theirs_in: Hashes) -> bool:
    """Return whether two sets are as equal as reordering leaves them."""
    poorer, richer = sorted((len(mine_in), len(theirs_in)))
    common = shared(mine_in, theirs_in)
    return common >= REORDERED_WORDS * poorer and common >= REORDERED_BOTH * richer


def _garbled(new: Features, old: Features, overlap: TextOverlap, is_known: KnownWords) -> bool:
    """Return whether one text is the other with wrong letters throughout.

    Most words are the same, hardly five in a row are, and the words that differ are in no other
    article. That tells it from two reports in similar words.
    """
    if (
        min(new.size, old.size) < GARBLED_SIZE * max(new.size, old.size)
        or min(overlap.share_of_new, overlap.share_of_old) < GARBLED_GRAMS
    ):
        return False
    words = shared(new.terms, old.terms) / max(1, len(new.terms), len(old.terms))
    if words < GARBLED_TERMS:
        return False
    # Scattered errors leave far fewer shingles than words; a new half leaves as many.
    if max(overlap.share_of_new, overlap.share_of_old) > words**1.5:
        return False
    if _template(new, old, GARBLED_NAMES, GARBLED_NAMES, _FEW_GARBLED):
        return False
    for mine, theirs in ((new.terms, old.terms), (old.terms, new.terms)):
        other = np.setdiff1d(mine, theirs, assume_unique=True)
        if len(other) >= _FEW_OTHERS and np.mean(~is_known(other)) >= GARBLED_UNKNOWN:
            return True
    return False
