"""Restore the case of headlines in capitals, so that a model can read them (truecasing).

A model takes every word of "FERRY LINE TO SKARHOLM REOPENS" for a name, or none. The rest
of the article shows the case of its words: those that it writes in lower case are not
names, those that it capitalises inside a sentence are. The method follows Lita et al.,
"tRuEcasIng", ACL 2003, with the article itself as the only corpus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from services.languages.sentence_ends import SENTENCE_END_MARKS
from services.tagging.word_lists import HEADLINE_FUNCTION_WORDS

MIN_LETTERS = 6
"""A text with fewer letters ("NATO", "AD") may be a name or an acronym and is not changed."""

MAX_ACRONYM_LETTERS = 4
"""An unknown word of a text in capitals stays in capitals up to this length: an acronym."""

MIN_TITLE_WORDS, TITLE_SHARE = 3, 0.8
"""A headline is in title case if it has so many longer words and this share of them has a
capital."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MARKS_BEFORE_SENTENCE = frozenset(f"{SENTENCE_END_MARKS}:\"'“”‘’«([-–—•\n")


def is_all_caps(text: str) -> bool:
    """Return whether a text has no lower-case letter, six letters or more, and two words."""
    if text.upper() == text:
        return sum(map(str.isalpha, text)) >= MIN_LETTERS and " " in text.strip()
    return False


def is_title_case(text: str) -> bool:
    """Return whether nearly all longer words of a headline are capitalised."""
    words = [word for word in _WORD.findall(text) if len(word) > MAX_ACRONYM_LETTERS]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= MIN_TITLE_WORDS and capitals >= TITLE_SHARE * len(words)


class Truecaser:
    """The case of an article's words, learned from the parts that are in mixed case."""

    def __init__(self, headlines: Sequence[str], paragraphs: Sequence[str]) -> None:
        """Learn the case of the words that `restore` may have to change.

        `headlines` are the paragraphs of the title, `paragraphs` those of the body; the case
        is learned from the body alone.
        """
        titled = [line for line in headlines if is_title_case(line)]
        capitals = [line for line in (*headlines, *paragraphs) if is_all_caps(line)] + titled
        # Most articles have no such part, and the others need only few words.
        wanted = {word.lower() for part in capitals for word in _WORD.findall(part)}
        self._case = _learn_case(paragraphs, wanted) if wanted else {}

    def restore(self, text: str, *, headline: bool = False) -> str:
        """Return the text in mixed case if it is in capitals; the length stays the same.

        A headline in title case loses the capitals of the words that the body writes in
        lower case. Any other text is returned as it is.
        """
        if is_all_caps(text):
            restored = _WORD.sub(lambda word: self._recase(word.group()), text)
        elif headline and is_title_case(text):
            restored = _WORD.sub(lambda word: self._lower_if_learned(word.group()), text)
            restored = text[:1] + restored[1:]
        else:
            return text
        # A few letters change their length with their case; offsets must stay right.
        return restored if len(restored) == len(text) else text

    def _lower_if_learned(self, word: str) -> str:
        lower = word.lower()
        return lower if self._case.get(lower) == lower else word

    def _recase(self, word: str) -> str:
        lower = word.lower()
        learned = self._case.get(lower)
        if learned is not None:
            return learned
        if lower in HEADLINE_FUNCTION_WORDS:
            return lower
        return word if len(word) <= MAX_ACRONYM_LETTERS else word[0] + lower[1:]


def _learn_case(paragraphs: Sequence[str], wanted: AbstractSet[str]) -> dict[str, str]:
    """Return the most frequent spelling of each wanted word, by its lower-case form.

    A capital at the start of a sentence is not counted.
    """
    counts: dict[str, dict[str, int]] = {}
    for line in paragraphs:
        if is_all_caps(line):
            continue
        for match in _WORD.finditer(line):
            word = match.group()
            lower = word.lower()
            if lower not in wanted or (word[0].isupper() and _starts_sentence(line, match.start())):
                continue
            spellings = counts.setdefault(lower, {})
            spellings[word] = spellings.get(word, 0) + 1
    return {
        lower: max(spellings, key=lambda spelling: spellings[spelling])
        for lower, spellings in counts.items()
    }


def _starts_sentence(line: str, start: int) -> bool:
    before = line[max(0, start - 4) : start].rstrip(" ")
    return not before or before[-1] in _MARKS_BEFORE_SENTENCE
