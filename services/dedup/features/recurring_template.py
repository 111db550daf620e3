"""Instalments of a series: the market close, the match report, the weather, day after day.

An outlet that fills in the same form again reports another happening. The form is what
stands around names and numbers: when two articles of one outlet share much of that but
little of their texts as they stand, they differ in the names and numbers themselves.
Two texts about one happening share as much of the one as of the other.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from services.dedup.features.tokens import Hashes, Words, shingles

SIZE: Final = 4
"""Words in a shingle of the form."""
LEAST: Final = 20
"""Shingles that both articles must have: fewer are no form."""
SAME_FORM: Final = 0.2
"""Share of the form from which it is the same. Measured: .30 and .37 for a series that
somebody writes anew each time, below .14 for other articles of one outlet."""
SAME_TEXT: Final = 0.5
"""Share of the text, as a part of that of the form, from which it is the same text."""

_BLANK = np.uint32(1)
Matrix = npt.NDArray[np.float64]


def skeleton(body: Words, outlet: str) -> Hashes:
    """Return the shingles around names and numbers, in order, those left blank.

    They are the outlet's own: no other's are the same.
    """
    blank = body.capital | body.number
    kept = np.ones(len(blank), dtype=np.bool_)
    kept[1:] = ~(blank[1:] & blank[:-1])
    blank = blank[kept]
    if len(blank) < SIZE:
        return np.zeros(0, dtype=np.uint32)
    hashes = np.where(blank, _BLANK, body.hashes[kept])
    count = len(blank) - SIZE + 1
    around = np.any([blank[i : i + count] for i in range(SIZE)], axis=0)
    return shingles(hashes, SIZE)[around] ^ np.uint32(crc32(outlet.encode()))


def form_shared(common: Matrix, mine: int, theirs: npt.NDArray[np.int32]) -> Matrix:
    """Share of the poorer sample of the form that two articles have in common; 0 for too few."""
    poorer = np.minimum(theirs, mine)
    return np.where(poorer >= LEAST, common / np.maximum(poorer, 1), 0.0)


def another_instalment(form: Matrix, text: Matrix) -> npt.NDArray[np.bool_]:
    """For each pair whether they are two of a series, from the shares of form and text."""
    found: npt.NDArray[np.bool_] = (form >= SAME_FORM) & (text < SAME_TEXT * form)
    return found
