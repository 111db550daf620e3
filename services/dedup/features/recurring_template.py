"""Recognise articles written from one template: the market close, the match report, the weather.

An outlet that uses the same template again reports a different happening. The template is what
stands around names and numbers. If two articles of one outlet share much of that but little of
their full text, they differ in the names and numbers themselves. Two texts about one happening
share as much of the one as of the other.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from services.dedup.features.tokens import Hashes, Words, shingles

SIZE: Final = 4
"""Words in a shingle of the template."""
LEAST: Final = 20
"""Shingles that both articles must have: fewer are no evidence of a template."""
SAME_FORM: Final = 0.2
"""Share of the template from which it counts as the same. Measured: .30 and .37 for a series that
somebody writes anew each time, below .14 for other articles of one outlet."""
SAME_TEXT: Final = 0.5
"""Share of the text, relative to that of the template, from which the text counts as the same."""

_BLANK = np.uint32(1)
Matrix = npt.NDArray[np.float64]


def skeleton(body: Words, outlet: str) -> Hashes:
    """Return the shingles around names and numbers, in order, with those left blank.

    The outlet is part of the hash: no other outlet has the same shingles.
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


def shared_form_share(common: Matrix, mine: int, theirs: npt.NDArray[np.int32]) -> Matrix:
    """Return the share of the smaller template sample that two articles have in common.

    It is 0 where a sample is too small.
    """
    poorer = np.minimum(theirs, mine)
    return np.where(poorer >= LEAST, common / np.maximum(poorer, 1), 0.0)


def is_another_instance(form: Matrix, text: Matrix) -> npt.NDArray[np.bool_]:
    """Return for each pair whether they come from one template, by the shares of form and text."""
    found: npt.NDArray[np.bool_] = (form >= SAME_FORM) & (text < SAME_TEXT * form)
    return found
