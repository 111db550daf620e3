"""Whether one text is a copy of another: exact, near or excerpt, or only a template.

Shares are those of Broder's resemblance and containment, taken on the two texts'
shingle sets, or for long texts on the part of them that both samples cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from schemas.article import CopyKind
from services.dedup.features import MAX_FACTS, MAX_GRAMS, Features
from services.dedup.settings import DedupSettings
from services.dedup.text import Hashes, shared

METHOD: Final = "shingle-5/bottom-512"
SHORT: Final = 16
"""Texts of fewer shingles are copies only if exact, with the same headline."""
TEMPLATE_FACTS: Final = 0.5
"""Share of numbers and names that must agree; below it only the skeleton is the same."""
NOISY_GRAMS: Final = 0.1
"""Share of shingles that survive in a garbled copy (5 % of letters wrong leave about .24)."""
NOISY_TERMS: Final = 0.62
"""Share of words that survive in a garbled copy, both ways."""
EXCERPT_SIZE: Final = 0.6
"""A text less than this part of the other's size is an excerpt of it, not an edit."""
_FEW_FACTS = 4


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
    """The parts of two samples below the hash up to which both are complete."""
    limits = [part[-1] for part in (left, right) if len(part) >= most]
    if not limits:
        return left, right
    limit = min(limits)
    cut_left = left[: int(np.searchsorted(left, limit, side="right"))]
    return cut_left, right[: int(np.searchsorted(right, limit, side="right"))]


def copy_kind(
    new: Features, old: Features, alike: Likeness, settings: DedupSettings
) -> CopyKind | None:
    """What kind of copy the new text is, or None when it is none."""
    small = min(new.size, old.size)
    if not small:
        return None
    if alike.exact and (small >= SHORT or np.array_equal(new.title, old.title)):
        return CopyKind.EXACT
    if small < SHORT:
        return None
    best = max(alike.share_of_new, alike.share_of_old)
    if best < NOISY_GRAMS or _template(new, old):
        return None
    excerpt = small < EXCERPT_SIZE * max(new.size, old.size)
    if best >= settings.copy_share:
        return CopyKind.EXCERPT if excerpt else CopyKind.NEAR
    if excerpt or min(alike.share_of_new, alike.share_of_old) < NOISY_GRAMS:
        return None
    words = shared(new.terms, old.terms)
    least = min(words / len(new.terms), words / len(old.terms)) if words else 0.0
    return CopyKind.NEAR if least >= NOISY_TERMS else None


def _template(new: Features, old: Features) -> bool:
    """Whether the numbers and names of the poorer text are mostly not in the other."""
    mine, theirs = _covered(new.facts, old.facts, MAX_FACTS)
    poorer = min(len(mine), len(theirs))
    if poorer < _FEW_FACTS:
        return False
    return shared(mine, theirs) / poorer < TEMPLATE_FACTS
