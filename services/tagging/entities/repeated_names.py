"""Find repetitions: a name known in one place of an article is the same name in all others.

Models miss mentions, such as the second of two or the one in the headline. Here every name that has
been found is searched in the whole text, word by word, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.tags import EntityType
from services.languages.en.names import HONORIFICS, OFFICES
from services.tagging.names import fold, is_acronym
from services.tagging.span import RULE, Hit
from services.tagging.word_lists import STOP_WORDS

_CAPITALISED = re.compile(r"(?<![\w@#])[^\W\d_a-z][\w.&'’-]*")
_WORD = re.compile(r"\w+")
REPEATED = frozenset(
    {EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.EVENT}
)
"""Types whose names are names wherever they occur; that of a work or product may be a word."""


class Names:
    """Folded names with their types, by first word, the longest first."""

    def __init__(self, names: Mapping[str, EntityType]) -> None:
        self._by_first: dict[str, list[tuple[str, EntityType]]] = {}
        for name, kind in names.items():
            first = _WORD.search(name) if kind in REPEATED and len(name) > 1 else None
            if first:
                self._by_first.setdefault(first.group(), []).append((name, kind))
        for listed in self._by_first.values():
            listed.sort(key=_longest_first)

    def beginning(self, word: str) -> Sequence[tuple[str, EntityType]]:
        """Return the names that begin with a folded word."""
        return self._by_first.get(word, ())


def _longest_first(entry: tuple[str, EntityType]) -> int:
    return -len(entry[0])


def find_repeats(text: str, known: Names, everywhere: Names, taken: Iterable[Hit]) -> Iterator[Hit]:
    """Yield mentions of names where there is no hit yet.

    `known` are the article's own names; `everywhere` are names that are known in any article
    (countries) and give way to its own.
    """
    occupied = sorted((hit.start, hit.end) for hit in taken)
    turn, free_from = 0, 0
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        while turn < len(occupied) and occupied[turn][1] <= start:
            turn += 1
        if start < free_from:
            continue
        limit = occupied[turn][0] if turn < len(occupied) else len(text)
        if limit <= start:
            continue
        head = _WORD.match(text, start)
        if head is None:
            continue
        word = fold(head.group())
        for name, kind in (*known.beginning(word), *everywhere.beginning(word)):
            end = _match(text, start, limit, name)
            if end and not _inside_longer(text, start, end):
                yield Hit(start, end, text[start:end], kind, RULE)
                free_from = end
                break


def _match(text: str, start: int, limit: int, name: str) -> int:
    """Return the end of `name` at `start`, or 0; a dotted acronym is longer than its fold."""
    for end in (start + len(name), start + 2 * len(name)):
        if end <= limit and fold(text[start:end]) == name:
            after = text[end : end + 1]
            if not after.isalnum() and after != "_":
                return end
    return 0


def _inside_longer(text: str, start: int, end: int) -> bool:
    """Return whether the range is part of a longer capitalised name that is not known.

    "Washington" is not the city in "Washington Post". A name of several words is always itself.
    """
    if " " in text[start:end]:
        return False
    after = text[end : end + 2]
    if len(after) == 2 and after[0] in " -–" and after[1].isupper():  # noqa: PLR2004 - a mark and a letter
        return True
    before = text[max(0, start - 40) : start]
    if is_acronym(text[start:end]) or not before.endswith((" ", "-")):
        return False
    word = before[:-1].rpartition(" ")[2].rpartition("\n")[2]
    if before[-1] == "-" or not word[:1].isupper() or not word[-1:].isalpha():
        return before[-1] == "-"
    low = word.lower()
    return low not in STOP_WORDS and low not in OFFICES and low not in HONORIFICS
