"""Compare the authors of a page with the gold of a set, which writes them in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPLIT = re.compile(r"\s*(?:,|;|&|\||\band\b)\s*")
_QUALIFICATION = re.compile(r"[A-Z][A-Za-z]{0,3}\.?(?:[A-Z]\.?){0,4}|.*[®™(].*|[A-Z0-9 .-]{2,9}")
_ROLE = re.compile(
    r"(?i)\b(?:expert|editor|writer|dietitian|director|ceo|founder|years|representative"
    r"|horticulturalist|contributor|specialist)\b"
)


def gold_names(line: str) -> frozenset[str]:
    """Return the names in a line of gold, folded, without qualifications and roles.

    "Last, First" is turned round. A line with one part is one name, whatever it is.
    """
    parts = [part for part in _SPLIT.split(line) if part]
    if len(parts) == 2 and all(len(part.split()) <= 2 for part in parts) and "," in line:
        last, first = parts
        if " " not in last and not _QUALIFICATION.fullmatch(first):
            return fold_names([f"{first} {last}"])
    kept = parts[:1] + [
        part for part in parts[1:] if not _QUALIFICATION.fullmatch(part) and not _ROLE.search(part)
    ]
    return fold_names(kept)


def fold_names(names: Iterable[str]) -> frozenset[str]:
    """Return names without case, dots, and qualifications after a comma."""
    folded = (" ".join(name.replace(".", " ").casefold().split()) for name in names)
    return frozenset(name for name in folded if name)
