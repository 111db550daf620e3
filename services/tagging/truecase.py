"""Restore the case of headlines in capitals, so that a model can read them.

A model takes every word of "FERRY LINE TO SKARHOLM REOPENS" for a name, or none. The rest of the
article tells: words that it writes in lower case are no names, words that it capitalises within a
sentence are (truecasing after Lita et al., "tRuEcasIng", ACL 2003, with the article itself as the
only corpus).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from services.languages.en.names import FUNCTION_WORDS

MIN_LETTERS = 6
"""Shorter texts ("NATO", "AD") may be a name or an acronym and are left as they are."""

SHORT_WORD = 4
"""Words of up to so many letters that the article does not contain stay in capitals: acronyms."""

MIN_TITLE_WORDS, TITLE_SHARE = 3, 0.8
"""A headline has title case if at least so many of its longer words, and so large a share, are
capitalised."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BEFORE_START = frozenset(".!?:…\"'“”‘’«([-–—•\n")


def is_all_capitals(text: str) -> bool:
    """Return whether a text is in capitals: most of its letters, in two words or more."""
    if text.upper() == text:
        return sum(map(str.isalpha, text)) >= MIN_LETTERS and " " in text.strip()
    return False


def is_title_case(text: str) -> bool:
    """Return whether a headline capitalises nearly all of its words."""
    words = [word for word in _WORD.findall(text) if len(word) > SHORT_WORD]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= MIN_TITLE_WORDS and capitals >= TITLE_SHARE * len(words)


class Truecaser:
    """How an article writes its words outside the parts that are in capitals."""

    def __init__(self, headlines: Sequence[str], paragraphs: Sequence[str]) -> None:
        """Learn from the paragraphs of the body how the words of the headlines are written."""
        titled = [line for line in headlines if is_title_case(line)]
        shouted = [line for line in (*headlines, *paragraphs) if is_all_capitals(line)] + titled
        # Most articles do not shout; the others ask for a few words only.
        wanted = {word.lower() for part in shouted for word in _WORD.findall(part)}
        self._forms = _learn(paragraphs, wanted) if wanted else {}

    def reading(self, text: str, *, headline: bool = False) -> str:
        """Return a text for a model to read, of the same length and in mixed case.

        A headline in title case loses the capitals of words that the body writes in lower case.
        """
        if is_all_capitals(text):
            read = _WORD.sub(lambda word: self._recase(word.group()), text)
        elif headline and is_title_case(text):
            read = _WORD.sub(lambda word: self._lower_common(word.group()), text)
            read = text[:1] + read[1:]
        else:
            return text
        # A few letters change their length with their case; offsets matter more than they do.
        return read if len(read) == len(text) else text

    def _lower_common(self, word: str) -> str:
        low = word.lower()
        return low if self._forms.get(low) == low else word

    def _recase(self, word: str) -> str:
        low = word.lower()
        known = self._forms.get(low)
        if known is not None:
            return known
        if low in FUNCTION_WORDS:
            return low
        return word if len(word) <= SHORT_WORD else word[0] + low[1:]


def _learn(paragraphs: Sequence[str], wanted: AbstractSet[str]) -> dict[str, str]:
    """Count the forms of the wanted words, except capitalised ones that begin a sentence."""
    votes: dict[str, dict[str, int]] = {}
    for line in paragraphs:
        if is_all_capitals(line):
            continue
        for match in _WORD.finditer(line):
            word = match.group()
            low = word.lower()
            if low not in wanted or (word[0].isupper() and _starts_sentence(line, match.start())):
                continue
            forms = votes.setdefault(low, {})
            forms[word] = forms.get(word, 0) + 1
    return {low: max(forms, key=lambda form: forms[form]) for low, forms in votes.items()}


def _starts_sentence(line: str, start: int) -> bool:
    before = line[max(0, start - 4) : start].rstrip(" ")
    return not before or before[-1] in _BEFORE_START
