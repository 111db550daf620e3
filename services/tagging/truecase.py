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
from services.tagging.word_lists import GIVEN_NAMES, HEADLINE_FUNCTION_WORDS, HEADLINE_WORDS

MIN_LETTERS = 6
"""A text with fewer letters ("NATO", "AD") may be a name or an acronym and is not changed."""

MAX_ACRONYM_LETTERS = 4
"""An unknown word of a text in capitals stays in capitals up to this length: an acronym."""

MIN_TITLE_WORDS, TITLE_SHARE = 3, 0.8
"""A headline is in title case if it has so many longer words and this share of them has a
capital."""

MIN_RUN_WORDS = 4
"""So many words in capitals in a row are text in capitals within other text; fewer are only if
the first is a given name or the article shows the case of one of them."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CAPITALS = r"[A-ZÀ-ÖØ-Þ]+(?:['’-][A-ZÀ-ÖØ-Þ]+)*"
_RUN = re.compile(rf"[A-ZÀ-ÖØ-Þ](?<!\w.){_CAPITALS}(?:,? {_CAPITALS})+\b")
"""Two or more words in capitals."""

_SMALL_IN_TITLES = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "the"}
    | {"to", "with", "after", "as"}
)
"""Words that lose their capital in any headline in title case."""
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
        # A run is within a line; most articles have none, and are searched at once.
        has_runs = _RUN.search("\n".join(paragraphs)) is not None
        lines = paragraphs if has_runs else ()
        runs = {line: found for line in lines if (found := _RUN.findall(line))}
        capitals += [run for found in runs.values() for run in found]
        self._with_runs = frozenset(runs)
        # Most articles have no such part, and the others need only few words.
        wanted = {word.lower() for part in capitals for word in _WORD.findall(part)}
        self._case: dict[str, str] = {}
        self._opening: frozenset[str] = frozenset()
        if wanted:
            self._case, self._opening = _learn_case(paragraphs, wanted, self._with_runs)

    def restore(self, text: str, *, headline: bool = False) -> str:
        """Return the text in mixed case if it is in capitals; the length stays the same.

        A headline in title case loses the capitals of the words that the body writes in
        lower case, and of words that are in few names. In other text, words in capitals that
        follow each other are changed. Any other text is returned as it is.
        """
        if is_all_caps(text):
            restored = self._recase_all(text)
        elif headline and is_title_case(text):
            restored = _WORD.sub(lambda word: self._lower_in_title(word.group()), text)
            restored = text[:1] + restored[1:]
        elif text in self._with_runs:
            restored = _RUN.sub(self._recase_run, text)
        else:
            return text
        # A few letters change their length with their case; offsets must stay right.
        return restored if len(restored) == len(text) else text

    def _lower_in_title(self, word: str) -> str:
        lower = word.lower()
        learned = self._case.get(lower)
        if learned is None and word[1:].islower():
            is_common = lower in _SMALL_IN_TITLES or lower in HEADLINE_WORDS
            return lower if is_common and lower not in self._opening else word
        return lower if learned == lower else word

    def _recase_run(self, run: re.Match[str]) -> str:
        words = [word.lower() for word in _WORD.findall(run.group())]
        is_text = len(words) >= MIN_RUN_WORDS and any(
            word in HEADLINE_FUNCTION_WORDS or word in HEADLINE_WORDS for word in words
        )
        is_name = any(
            word in GIVEN_NAMES or word in self._opening or self._case.get(word, "").istitle()
            for word in words
        )
        return self._recase_all(run.group()) if is_text or is_name else run.group()

    def _recase_all(self, text: str) -> str:
        after_given_name = False

        def recase(match: re.Match[str]) -> str:
            nonlocal after_given_name
            word = match.group()
            lower = word.lower()
            learned = self._case.get(lower)
            is_name = lower in self._opening or lower in GIVEN_NAMES or after_given_name
            is_common = lower in HEADLINE_FUNCTION_WORDS or lower in HEADLINE_WORDS
            after_given_name = lower in GIVEN_NAMES
            if learned is not None and not (is_name and learned.isupper()):
                return learned
            if is_common and not is_name:
                return lower
            if len(word) <= MAX_ACRONYM_LETTERS and not is_name:
                return word
            return word[0] + lower[1:]

        return _WORD.sub(recase, text)


def _learn_case(
    paragraphs: Sequence[str], wanted: AbstractSet[str], with_runs: AbstractSet[str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Return the most frequent spelling of each wanted word, by its lower-case form.

    A capital at the start of a sentence is not counted; the words that have one there, and are
    nowhere in lower case, are the second value: they are no acronyms. `with_runs` are the
    paragraphs that contain words in capitals in a row, which show no case of their own.
    """
    counts: dict[str, dict[str, int]] = {}
    opening: set[str] = set()
    for line in paragraphs:
        if is_all_caps(line):
            continue
        shown = line
        if line in with_runs:
            shown = _RUN.sub(lambda run: " " * len(run.group()), line)
        for match in _WORD.finditer(shown):
            word = match.group()
            lower = word.lower()
            if lower not in wanted:
                continue
            if word[0].isupper() and _starts_sentence(line, match.start()):
                if word[1:].islower():
                    opening.add(lower)
                continue
            spellings = counts.setdefault(lower, {})
            spellings[word] = spellings.get(word, 0) + 1
    learned = {
        lower: max(spellings, key=lambda spelling: spellings[spelling])
        for lower, spellings in counts.items()
    }
    in_lower_case = {lower for lower, spelling in learned.items() if spelling == lower}
    opening -= in_lower_case | HEADLINE_FUNCTION_WORDS | HEADLINE_WORDS
    return learned, frozenset(opening)


def _starts_sentence(line: str, start: int) -> bool:
    before = line[max(0, start - 4) : start].rstrip(" ")
    return not before or before[-1] in _MARKS_BEFORE_SENTENCE
