"""The numbers in a text, as written."""

from __future__ import annotations

import re

import numpy as np

from services.dedup import characters

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in order, with their points and commas: `1,200.50`."""
    digits = np.flatnonzero(characters.kinds(characters.codes(text)) & characters.DECIMAL)
    found: list[str] = []
    end = 0
    # The pattern alone would look at every character, and few texts have many digits.
    for at in digits.tolist():
        if at >= end:
            match = _NUMBER.match(text, at)
            assert match is not None, "a decimal character is a digit"
            found.append(match.group())
            end = match.end()
    return found
