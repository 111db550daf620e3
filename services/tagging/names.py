"""Names as strings: their bounds, their folded form, and the acronyms that they can have."""

from __future__ import annotations

import re
from functools import lru_cache

from services.tagging.word_lists import (
    ACRONYM_LINK_WORDS,
    ARTICLES,
    NAMES_WITH_POSSESSIVE,
    alternatives,
)

LONGEST_ABBREVIATION = 5
"""Letters, dot included, of a name's last word that keeps its dot: "Inc.", "Bros."."""

SHORTEST_CAPITALS = 3
"""Letters, dot included, of a word in capitals that may keep its dot: "Jr." in "JR."."""

MAX_CASE_SENSITIVE_CHARS = 2
"""A name of up to so many capitals keeps its case when folded: "US" is not "us"."""

_EQUIVALENT_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " "}
)
_WHITE_SPACE = re.compile(r"\s+")
_DOTTED_ACRONYM = re.compile(r"\b((?:[^\W\d_]\.){2,})(?=\W|$)|\b((?:[^\W\d_]\.)+[^\W\d_])\b")
_ACRONYM = re.compile(r"(?:[^\W\d_a-z]\.?){2,6}")
_WORD = re.compile(r"[^\W\d_]+")

_MARKS_AROUND_NAME = " \t\n\r\u00a0\"'“”‘’«»„,;:!?()[]{}<>*•·|_–—-/\\…"
_POSSESSIVE = re.compile(r"\s*['’ʼ][sS]?$")
_LEADING_ARTICLE = re.compile(rf"(?:{alternatives(ARTICLES)})\s+", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """Return the form in which spellings of one name are equal: "U.S." and "US"."""
    return fold_name_uncached(name)


def fold_name_uncached(name: str) -> str:
    """Fold a name as `fold_name` does, without caching: for tens of thousands of names."""
    if not name.isascii():
        name = name.translate(_EQUIVALENT_MARKS)
    if "." in name:
        name = _DOTTED_ACRONYM.sub(lambda match: match.group().replace(".", ""), name)
    if "  " in name or "\n" in name or "\t" in name:
        name = _WHITE_SPACE.sub(" ", name)
    return name if len(name) <= MAX_CASE_SENSITIVE_CHARS and name.isupper() else name.lower()


def is_acronym(name: str) -> bool:
    """Return whether a name is written in two to six capitals, with or without dots."""
    return _ACRONYM.fullmatch(name) is not None


def possible_acronyms(name: str) -> set[str]:
    """Return the acronyms of a name in lower case, with and without words like "of".

    The set is empty for a name of one word.
    """
    words = _WORD.findall(name.lower())
    initials = [word[0] for word in words if word not in ACRONYM_LINK_WORDS]
    if len(initials) <= 1:
        return set()
    return {"".join(initials), "".join(word[0] for word in words)}


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the name itself within `text[start:end]`.

    Possessive endings, leading articles, and marks around the name are cut off. Start and
    end are equal where nothing is left.
    """
    while start < end:
        before = start, end
        while start < end and text[start] in _MARKS_AROUND_NAME:
            start += 1
        while start < end and text[end - 1] in _MARKS_AROUND_NAME:
            end -= 1
        last = text[end - 1 : end]
        if last in ("s", "S") or last in ("'", "’"):
            possessive = _POSSESSIVE.search(text, start, end)
            if possessive and fold_name(text[start:end]) not in NAMES_WITH_POSSESSIVE:
                end = possessive.start()
        elif last == "." and not _keeps_dot(text, start, end):
            end -= 1
        article = _LEADING_ARTICLE.match(text, start, end)
        if article and article.end() < end:
            start = article.end()
        if (start, end) == before:
            break
    return start, max(start, end)


def _keeps_dot(text: str, start: int, end: int) -> bool:
    """Return whether the last dot belongs to the name: "U.S.", "Acme Inc.", "John F."."""
    word = text[start:end].rsplit(maxsplit=1)[-1]
    if not word.strip(".") or (
        word.isupper() and word.count(".") == 1 and len(word) > SHORTEST_CAPITALS
    ):
        return False
    return word.count(".") > 1 or (len(word) <= LONGEST_ABBREVIATION and len(word) < end - start)
