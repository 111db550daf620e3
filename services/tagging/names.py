"""Names as strings: what belongs to a name, and when two spellings are equal."""

from __future__ import annotations

import re
from functools import lru_cache

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_SPACES = re.compile(r"\s+")
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.){2,})(?=\W|$)|\b((?:[^\W\d_]\.)+[^\W\d_])\b")
_ACRONYM = re.compile(r"(?:[^\W\d_a-z]\.?){2,6}")
_INITIALS = re.compile(r"[^\W\d_]+")
_LINK_WORDS = frozenset("of for the and in on de la des du et".split())

LONGEST_ABBREVIATION = 5
"""Characters, with the dot, of a name's last word that keeps its dot: "Inc.", "Bros."."""

_TRIM = " \t\n\r\u00a0\"'“”‘’«»„,;:!?()[]{}<>*•·|_–—-/\\…"
_POSSESSIVE = re.compile(r"\s*['’ʼ][sS]?$")
_LEADING = re.compile(r"(?:the|an|a)\s+", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Return the form in which spellings of a name are compared: "U.S." and "US" are equal."""
    return fold_once(name)


def fold_once(name: str) -> str:
    """Do the same as `fold` without caching the result, for names by the ten thousand."""
    if not name.isascii():
        name = name.translate(_SAME)
    if "." in name:
        name = _DOTTED.sub(lambda match: match.group().replace(".", ""), name)
    if "  " in name or "\n" in name or "\t" in name:
        name = _SPACES.sub(" ", name)
    # Two letters are told apart by their case: "US" is no "us", "IT" no "it".
    return name if len(name) <= 2 and name.isupper() else name.lower()  # noqa: PLR2004


def is_acronym(name: str) -> bool:
    """Return whether a name is written in two to six capitals, with or without dots."""
    return _ACRONYM.fullmatch(name) is not None


def initials(name: str) -> set[str]:
    """Return the acronyms that a name can have, in lower case: with and without "of"."""
    words = _INITIALS.findall(name.lower())
    strong = [word[0] for word in words if word not in _LINK_WORDS]
    return {"".join(strong), "".join(word[0] for word in words)} if len(strong) > 1 else set()


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the name itself within `text[start:end]`.

    Possessives, leading articles and marks around the name are cut off. Start and end are equal if
    nothing is left.
    """
    while start < end:
        before = start, end
        while start < end and text[start] in _TRIM:
            start += 1
        while start < end and text[end - 1] in _TRIM:
            end -= 1
        last = text[end - 1 : end]
        if last in ("s", "S") or last in ("'", "’"):
            possessive = _POSSESSIVE.search(text, start, end)
            if possessive:
                end = possessive.start()
        elif last == "." and not _keeps_dot(text, start, end):
            end -= 1
        article = _LEADING.match(text, start, end)
        if article and article.end() < end:
            start = article.end()
        if (start, end) == before:
            break
    return start, max(start, end)


def _keeps_dot(text: str, start: int, end: int) -> bool:
    """Return whether the last dot belongs to the name: "U.S.", "Acme Inc.", "John F.", "Jr."."""
    word = text[start:end].rsplit(maxsplit=1)[-1]
    if not word.strip("."):
        return False
    return word.count(".") > 1 or (len(word) <= LONGEST_ABBREVIATION and len(word) < end - start)
