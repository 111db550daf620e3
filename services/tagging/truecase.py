"""Give headlines in all capitals their small letters back, so that a model can read them.

A model takes every word of "FERRY LINE TO SKARHOLM REOPENS" for a name, or none. The
rest of the article knows better: words that it writes small are no names, words that
it writes with a capital inside a sentence are (truecasing by the document, after
Lita et al., "tRuEcasIng", ACL 2003, with the article itself as the only corpus).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

MIN_LETTERS = 6
"""Shorter texts ("NATO", "AD") may be a name or an acronym: they are left as they are."""

SHORT_WORD = 4
"""Words of up to so many letters that the article does not know stay capitals: acronyms."""

MIN_TITLE_WORDS, TITLE_SHARE = 3, 0.8
"""A headline has title case if so many of its longer words, and so large a share, have capitals."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BEFORE_START = frozenset(".!?:…\"'“”‘’«([-–—•\n")

_FUNCTION_WORDS = frozenset(
    "a an the and or but nor for of in on at to by from with without over under after before as"
    " is are was were be been has have had do does did will would can could may might must shall"
    " should not no it its his her their our your my this that these those who what when where"
    " why how which than then up down out off into onto about against between during through"
    " says said say new old more most less least all some any set get gets amid vs win wins won"
    " beat beats lose loses lost".split()
)
"""English words that headlines use and names seldom are; a headline has no other witness
where its article is short."""


def shouts(text: str) -> bool:
    """Say whether a text is all capitals: most of its cased letters, in two words or more."""
    if text.upper() == text:
        return sum(map(str.isalpha, text)) >= MIN_LETTERS and " " in text.strip()
    return False


def is_title_case(text: str) -> bool:
    """Say whether a headline gives nearly all of its words a capital."""
    words = [word for word in _WORD.findall(text) if len(word) > SHORT_WORD]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= MIN_TITLE_WORDS and capitals >= TITLE_SHARE * len(words)


class CaseMemory:
    """How an article writes its words outside of the parts that are all capitals."""

    def __init__(self, headlines: Sequence[str], paragraphs: Sequence[str]) -> None:
        """Learn from the body's paragraphs; of headlines, title case is undone too."""
        titled = [line for line in headlines if is_title_case(line)]
        shouted = [line for line in (*headlines, *paragraphs) if shouts(line)] + titled
        # Most articles do not shout; the others ask for a few words only.
        wanted = {word.lower() for part in shouted for word in _WORD.findall(part)}
        self._forms = _learn(paragraphs, wanted) if wanted else {}

    def reading(self, text: str, *, headline: bool = False) -> str:
        """Return a text for a model to read: same length, mixed case if it shouts.

        A headline in title case loses the capitals of the words that the body writes small.
        """
        if shouts(text):
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
        if low in _FUNCTION_WORDS:
            return low
        return word if len(word) <= SHORT_WORD else word[0] + low[1:]


def _learn(paragraphs: Sequence[str], wanted: AbstractSet[str]) -> dict[str, str]:
    """Count the wanted words' forms, where a capital says something: not at a sentence's start."""
    votes: dict[str, dict[str, int]] = {}
    for line in paragraphs:
        if shouts(line):
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
