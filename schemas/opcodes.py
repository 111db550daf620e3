"""Opcodes that turn one sequence of texts into another, quickly also for long sequences.

Source: patience diff (Bram Cohen): texts that occur once in both sequences, in the same order,
belong together. Only what lies between them is compared with `difflib`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]
"""As in `difflib`: kind, start and end in the first sequence, start and end in the second."""

_EXACT_PAIRS = 250_000
"""Pairs of texts up to which `difflib` compares all; above that, it ignores frequent texts, as the
time would grow with the square of the length."""


def opcodes(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """Return the opcodes in order; two of the kind `equal` never follow each other."""
    found: list[Opcode] = []
    for one in _pieces(before, after):
        kind, i, j, k, n = one
        if kind == "equal" and found and found[-1][0] == "equal":
            kind, i, _, k, _ = found.pop()
        found.append((kind, i, j, k, n))
    return found


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Opcode]:
    start = (0, 0)
    for j, n in _anchors(before, after):
        yield from _between(before, after, start, (j, n))
        start = (j + 1, n + 1)
        yield "equal", j, j + 1, n, n + 1
    yield from _between(before, after, start, (len(before), len(after)))


def _between(
    before: Sequence[str], after: Sequence[str], start: tuple[int, int], end: tuple[int, int]
) -> Iterator[Opcode]:
    """Compare the parts of both from `start` to `end`; what they begin and end with first."""
    (i, k), (j, n) = start, end
    while i < j and k < n and before[i] == after[k]:
        i, k = i + 1, k + 1
    while i < j and k < n and before[j - 1] == after[n - 1]:
        j, n = j - 1, n - 1
    yield from _equal(start, (i, k))
    matcher = SequenceMatcher(
        a=before[i:j], b=after[k:n], autojunk=(j - i) * (n - k) > _EXACT_PAIRS
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        yield kind, i + a, i + b, k + c, k + d
    yield from _equal((j, n), end)


def _equal(start: tuple[int, int], end: tuple[int, int]) -> Iterator[Opcode]:
    if start != end:
        yield "equal", start[0], end[0], start[1], end[1]


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions of texts that are unique in both, as many as are in the same order."""
    counts = (Counter(before), Counter(after))
    places = {text: n for n, text in enumerate(after) if counts[1][text] == 1}
    pairs = [
        (i, places[text])
        for i, text in enumerate(before)
        if counts[0][text] == 1 and text in places
    ]
    # The longest increasing subsequence of the second positions.
    ends: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        previous.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = previous[at]
    return chain[::-1]
