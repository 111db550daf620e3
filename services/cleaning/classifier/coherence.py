"""Correct the selection of blocks by what the blocks around them are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.block_selection import Selection
from services.cleaning.classifier.feature_table import Floats
from services.cleaning.html.blocks import (
    IN_ASIDE,
    IN_FIGURE,
    IN_FOOTER,
    IN_FORM,
    IN_HEADING,
    IN_NAV,
    Blocks,
)
from services.cleaning.text.line_style import ends_sentence, fold

_NOT_TEXT = IN_ASIDE | IN_FIGURE | IN_FOOTER | IN_FORM | IN_HEADING | IN_NAV
_MIN_LENGTH = 120
"""Characters of a paragraph that others may vouch for."""
_MAX_LINKED = 0.3
_DOUBTFUL, _SURE, _LIFTED = 0.2, 0.5, 0.6
"""Probabilities: of a paragraph that others may vouch for, of those that do, and what it gets."""
_LIKELY_ALONE = 0.3
"""Probability that a single paragraph between others of its kind has at least to be lifted."""
_MIN_SURE = 3
_MIN_QUOTE, _MAX_QUOTE = 25, 400
"""Characters of a pull quote."""


def lift_coherent(blocks: Blocks, p: Floats) -> Floats:
    """Raise the probability of doubtful paragraphs that are part of a row of likely ones.

    Captions and adverts between the paragraphs of a long article make the model doubt whole rows of
    them. A paragraph is lifted if it is marked up as the likely ones are, they are the majority of
    that kind, and no heading that is left out lies between it and the next kept one.
    """
    if not ((p > _DOUBTFUL) & (p <= _SURE)).any():
        return p
    kinds = blocks.signature[blocks.owner]
    prose = _prose(blocks)
    sure = prose & (p > _SURE)
    doubtful = prose & (p > _DOUBTFUL) & ~sure
    out = p.copy()
    for kind in sorted(set(kinds[doubtful].tolist())):
        of_kind = prose & (kinds == kind)
        vouching = int((sure & of_kind).sum())
        if vouching < _MIN_SURE or 2 * vouching <= int(of_kind.sum()):
            continue
        near = _near_kept(blocks, p, sure & of_kind, of_kind & (doubtful | sure))
        lifted = near & doubtful & of_kind & ~_alone(of_kind, sure, p)
        out[lifted] = np.maximum(out[lifted], _LIFTED)
    return out


def _prose(blocks: Blocks) -> NDArray[np.bool_]:
    flags = blocks.flags[blocks.owner] & _NOT_TEXT
    form = [len(text) >= _MIN_LENGTH and ends_sentence(text) for text in blocks.texts]
    prose: NDArray[np.bool_] = np.array(form, dtype=bool) & (flags == 0)
    prose &= blocks.link_share < _MAX_LINKED
    return prose


def _near_kept(
    blocks: Blocks, p: Floats, kept: NDArray[np.bool_], row: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return the blocks of `row` that a chain of such blocks without a heading joins to `kept`."""
    is_heading = blocks.flags[blocks.owner] & IN_HEADING > 0
    barrier = is_heading & (p < _DOUBTFUL)
    near = np.zeros(len(p), dtype=bool)
    stretch = np.cumsum(barrier)
    for number in sorted(set(stretch[kept].tolist())):
        near |= row & (stretch == number)
    return near


def _alone(of_kind: NDArray[np.bool_], sure: NDArray[np.bool_], p: Floats) -> NDArray[np.bool_]:
    """Return the unlikely paragraphs without another that is not likely beside them.

    They are notes about the author, the site or a newsletter.
    """
    out = np.zeros(len(p), dtype=bool)
    indexes = np.flatnonzero(of_kind)
    unsure = np.concatenate([[False], ~sure[indexes], [False]])
    alone = unsure[1:-1] & ~unsure[:-2] & ~unsure[2:] & (p[indexes] < _LIKELY_ALONE)
    out[indexes[alone]] = True
    return out


def drop_pull_quotes(
    texts: Sequence[str], selection: Selection, quoted: Sequence[bool]
) -> Selection:
    """Leave out quoted blocks whose words another selected block has too.

    `quoted` says of each block whether it is in a quotation, a figure or an aside.
    """
    candidates = [
        i for i in selection.indexes if quoted[i] and _MIN_QUOTE <= len(texts[i]) <= _MAX_QUOTE
    ]
    if not candidates:
        return selection
    body = "\n".join(fold(texts[i]) for i in selection.indexes)
    dropped = {i for i in candidates if (key := fold(texts[i])) and body.count(key) > 1}
    if not dropped:
        return selection
    kept = tuple(i for i in selection.indexes if i not in dropped)
    lines = tuple(line for i in kept for line in texts[i].split("\n"))
    return replace(selection, indexes=kept, paragraphs=lines)
