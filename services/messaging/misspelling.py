"""Suggest the name that a misspelt one was probably meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_SIMILAR = 0.7
"""Similarity from which a name is suggested; `published` to `published_at` has 0.86."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` with the most similar known name, or nothing."""
    similar = get_close_matches(name[:100], list(known), n=1, cutoff=_SIMILAR)
    return f"; did you mean {similar[0]}?" if similar else ""
