"""Find the mentions of known names that the model missed.

Models miss mentions: the second of two, the one in the headline. Every name found in an
article is therefore looked up in its whole text, word by word, the longest name first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.tags import EntityType
from services.tagging.names import fold_name, is_acronym
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import HONORIFICS, OFFICES, PLACE_PREPOSITIONS, STOP_WORDS
from services.tagging.word_lists import SPEECH_VERBS as _SPEECH_VERBS

REPEATED_TYPES = frozenset(
    {EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE, EntityType.EVENT}
)
"""Types whose names are looked up; the name of a work or a product may be an ordinary word."""

PREVIOUS_WORD_REACH = 40
"""How far back the word before a name is looked for, in characters."""

_CAPITALISED = re.compile(r"(?<![\w@#])[^\W\d_a-z][\w.&'’-]*")
_WORD = re.compile(r"\w+")
_NEXT_WORD = re.compile(r",? (\w+)")
_AGE = re.compile(r", \d\d?,")
_PERSON_VERBS = _SPEECH_VERBS | {"has", "had", "himself", "herself", "met", "left", "wept", "who"}
_BEFORE_MONTH = frozenset({"since", "until", "last", "this", "by", "for"})
"""Words after a person's name, and before a month's."""


class NameIndex:
    """Folded names with their types by their first word, the longest names first."""

    def __init__(self, names: Mapping[str, EntityType]) -> None:
        self._by_first_word: dict[str, list[tuple[str, EntityType]]] = {}
        for name, kind in names.items():
            first = _WORD.search(name) if kind in REPEATED_TYPES and len(name) > 1 else None
            if first:
                self._by_first_word.setdefault(first.group(), []).append((name, kind))
        for same_word in self._by_first_word.values():
            same_word.sort(key=_negative_length)

    def starting_with(self, word: str) -> Sequence[tuple[str, EntityType]]:
        """Return the names whose first word is `word` (folded)."""
        return self._by_first_word.get(word, ())


def _negative_length(name_and_type: tuple[str, EntityType]) -> int:
    return -len(name_and_type[0])


def find_repeated_names(
    text: str, own_names: NameIndex, common_names: NameIndex, found: Iterable[EntityMention]
) -> Iterator[EntityMention]:
    """Yield mentions of known names that do not overlap the mentions already found.

    `own_names` are the names of the article; `common_names` are names that every article may
    use (countries), which are tried after its own.
    """
    occupied = sorted((mention.start, mention.end) for mention in found)
    position, free_from = 0, 0
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        while position < len(occupied) and occupied[position][1] <= start:
            position += 1
        if start < free_from:
            continue
        limit = occupied[position][0] if position < len(occupied) else len(text)
        if limit <= start:
            continue
        first_word = _WORD.match(text, start)
        if first_word is None:
            continue
        word = fold_name(first_word.group())
        for name, kind in (*own_names.starting_with(word), *common_names.starting_with(word)):
            end = _match_end(text, start, limit, name)
            if not end or _is_part_of_longer_name(text, start, end):
                continue
            if name not in STOP_WORDS or _is_speaking(text, start, end):
                yield EntityMention(start, end, text[start:end], kind, BY_RULE)
                free_from = end
                break


def _match_end(text: str, start: int, limit: int, name: str) -> int:
    """Return the end of the folded `name` at `start`, or 0 where the text is another.

    A dotted acronym is twice as long as its folded form.
    """
    for end in (start + len(name), start + 2 * len(name)):
        if end <= limit and fold_name(text[start:end]) == name:
            after = text[end : end + 1]
            if not after.isalnum() and after != "_":
                return end
    return 0


def _is_speaking(text: str, start: int, end: int) -> bool:
    """Return whether a word that is also a month or a verb is a person here: "May told"."""
    after = _NEXT_WORD.match(text, end)
    if _AGE.match(text, end):
        return True
    if after is not None and after.group(1).lower() in _PERSON_VERBS:
        return True
    before = text[max(0, start - PREVIOUS_WORD_REACH) : start].split()
    last = before[-1].lower().strip("”\"’',.") if before else ""
    is_possessive = text[end : end + 2] in ("'s", "’s")
    return last in _SPEECH_VERBS or (
        is_possessive
        and bool(last)
        and last not in PLACE_PREPOSITIONS
        and last not in _BEFORE_MONTH
    )


def _is_part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Return whether a single word is part of a longer capitalised name.

    "Washington" is not the city in "Washington Post". A name of several words is assumed to
    be complete.
    """
    if " " in text[start:end]:
        return False
    after = text[end : end + 2]
    if after[:1] in (" ", "-", "–") and after[1:].isupper():
        return True
    before = text[max(0, start - PREVIOUS_WORD_REACH) : start]
    if is_acronym(text[start:end]) or not before.endswith((" ", "-")):
        return False
    word = before[:-1].rpartition(" ")[2].rpartition("\n")[2]
    if before[-1] == "-" or not word[:1].isupper() or not word[-1:].isalpha():
        return before[-1] == "-"
    lower = word.lower()
    return lower not in STOP_WORDS and lower not in OFFICES and lower not in HONORIFICS
