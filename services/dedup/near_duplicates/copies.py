"""Whether one text is a copy of another: exact, near or excerpt, or only a template.

Shares are those of Broder's resemblance and containment, taken on the two texts'
shingle sets, or for long texts on the part of them that both samples cover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.article import CopyKind
from services.dedup.features.article_features import MAX_FACTS, MAX_GRAMS, MAX_NUMBERS, Features
from services.dedup.features.tokenizer import shared
from services.dedup.features.tokens import Hashes
from services.dedup.settings import DedupSettings

METHOD: Final = "shingle-5/bottom-512"
SHORT: Final = 16
"""Texts of fewer shingles are copies only if nearly all is shared, under one headline."""
SHORT_SHARE: Final = 0.9
SHORTEST: Final = 4
"""Texts of fewer shingles are copies only if exact."""
SAME_NUMBERS: Final = 0.6
SAME_NAMES: Final = 0.5
"""Shares of the poorer text's numbers and names that must be in the other: below them
only the skeleton is the same."""
GARBLED_GRAMS: Final = 0.05
"""Share of shingles that survive in a garbled copy (5 % of letters wrong leave about .24)."""
GARBLED_TERMS: Final = 0.45
"""Share of words that survive in a garbled copy, both ways."""
GARBLED_UNKNOWN: Final = 0.6
"""Share of a garbled copy's other words that no other article has."""
GARBLED_FACTS: Final = 0.5
"""As `SAME_NAMES`, for a garbled copy's numbers and names."""
GARBLED_SIZE: Final = 0.85
"""Garbling letters leaves the length alone."""
REORDERED_GRAMS: Final = 0.35
"""Share of shingles that survive where short paragraphs change places."""
REORDERED_SIZE: Final = 30
"""Shorter texts share most words of their trade anyway."""
REORDERED_WORDS: Final = 0.92
"""Share of the poorer text's words, names and numbers that reordering leaves."""
REORDERED_BOTH: Final = 0.8
"""As `REORDERED_WORDS`, of the richer text: one that says more is a report of its own."""
EXCERPT_SIZE: Final = 0.6
"""A text less than this part of the other's size is an excerpt of it, not an edit."""
_FEW_NUMBERS = 2
_FEW_NAMES = 4
_FEW_GARBLED = 3
_FEW_OTHERS = 4

Known = Callable[[Hashes], npt.NDArray[np.bool_]]
"""Whether each of some words is known from other articles."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts share."""

    jaccard: float
    share_of_new: float
    """Share of the new text's shingles that stand in the old one."""
    share_of_old: float
    exact: bool


def likeness(new: Features, old: Features) -> Likeness:
    """How much a new text shares with an old one."""
    mine, theirs = _covered(new.grams, old.grams, MAX_GRAMS)
    common = shared(mine, theirs)
    either = len(mine) + len(theirs) - common
    return Likeness(
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
    new: Features, old: Features, alike: Likeness, settings: DedupSettings, known: Known
) -> CopyKind | None:
    """Return what kind of copy the new text is, or None when it is none."""
    small = min(new.size, old.size)
    if not small:
        return None
    same_title = np.array_equal(new.title, old.title)
    if alike.exact and (small >= SHORT or same_title):
        return CopyKind.EXACT
    if small < SHORTEST or (small < SHORT and not same_title):
        return None
    return _changed_copy(new, old, alike, settings, known)


def _changed_copy(
    new: Features, old: Features, alike: Likeness, settings: DedupSettings, known: Known
) -> CopyKind | None:
    small = min(new.size, old.size)
    best = max(alike.share_of_new, alike.share_of_old)
    excerpt = small < EXCERPT_SIZE * max(new.size, old.size)
    if best >= (SHORT_SHARE if small < SHORT else settings.copy_share):
        if _template(new, old, SAME_NUMBERS, SAME_NAMES, _FEW_NUMBERS):
            return None
        return CopyKind.EXCERPT if excerpt else CopyKind.NEAR
    changed = _reordered(new, old, best) or _garbled(new, old, alike, known)
    return CopyKind.NEAR if changed else None


def _template(new: Features, old: Features, numbers: float, names: float, few_numbers: int) -> bool:
    """Whether the numbers or names of the poorer text are mostly not in the other."""
    for mine, theirs, most, few, least in (
        (new.numbers, old.numbers, MAX_NUMBERS, few_numbers, numbers),
        (new.facts, old.facts, MAX_FACTS, _FEW_NAMES, names),
    ):
        mine_in, theirs_in = _covered(mine, theirs, most)
        poorer = min(len(mine_in), len(theirs_in))
        if poorer >= few and shared(mine_in, theirs_in) / poorer < least:
            return True
    return False


def _reordered(new: Features, old: Features, best: float) -> bool:
    """Whether one text has the other's words, names and numbers, only in other places."""
    if best < REORDERED_GRAMS or min(new.size, old.size) < REORDERED_SIZE:
        return False
    pairs = (
        (new.terms, old.terms),
        _covered(new.numbers, old.numbers, MAX_NUMBERS),
        _covered(new.facts, old.facts, MAX_FACTS),
    )
    return all(_same(mine, theirs) for mine, theirs in pairs)


def _same(mine_in: Hashes, theirs_in: Hashes) -> bool:
    """Whether two texts hold as good as the same, as reordering leaves them."""
    poorer, richer = sorted((len(mine_in), len(theirs_in)))
    common = shared(mine_in, theirs_in)
    return common >= REORDERED_WORDS * poorer and common >= REORDERED_BOTH * richer


def _garbled(new: Features, old: Features, alike: Likeness, known: Known) -> bool:
    """Whether one text is the other with letters wrong all over.

    Most words are the same, hardly five in a row, and the words that differ are words
    of no other article: that tells it from two reports in like words.
    """
    if (
        min(new.size, old.size) < GARBLED_SIZE * max(new.size, old.size)
        or min(alike.share_of_new, alike.share_of_old) < GARBLED_GRAMS
    ):
        return False
    words = shared(new.terms, old.terms) / max(1, len(new.terms), len(old.terms))
    if words < GARBLED_TERMS:
        return False
    # Errors all over leave far fewer shingles than words; a new half leaves as many.
    if max(alike.share_of_new, alike.share_of_old) > words**1.5:
        return False
    if _template(new, old, GARBLED_FACTS, GARBLED_FACTS, _FEW_GARBLED):
        return False
    for mine, theirs in ((new.terms, old.terms), (old.terms, new.terms)):
        other = np.setdiff1d(mine, theirs, assume_unique=True)
        if len(other) >= _FEW_OTHERS and np.mean(~known(other)) >= GARBLED_UNKNOWN:
            return True
    return False
