"""Find the headline among the lines of scraped text."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

from services.cleaning.classifier.feature_table import Floats
from services.cleaning.classifier.line_labels import label_kind
from services.cleaning.metadata.title_parts import clean_title
from services.cleaning.text.line_style import count_words, fold

_WORDS = range(3, 41)
_MAX_LENGTH, _MAX_REPEATED_LENGTH = 120, 200
"""Characters of a headline, and of one that is repeated: a longer line is a lead."""
_LINES_BEFORE = 40
"""Lines before the running text among which the headline is searched, beside the first ones."""
_FIRST_LINES = 6
_BODY_CHARS, _BODY_LINES = 6000, 60
"""Characters and lines of the running text in which the words of a headline are searched."""
_STEM = 5
"""Letters by which words are compared: endings differ in most languages."""
_MIN_WORD = 4
_PUNCTUATION = string.punctuation + "“”‘’„«»…–—।؟،"  # noqa: RUF001
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_NO_HEADLINE_ENDS = (".", ":", "…", "。", "：", "،", ",", ";")  # noqa: RUF001
_DATE_LIKE = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}:\d{2}\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_PATH = re.compile(r"\s[>»›/→|•·]\s.*\s[>»›/→|•·]\s")  # noqa: RUF001
_SHORT_LINE = 7
"""Words below which a line with a date is a date line."""
_MIN_COPY, _MAX_SITE = 12, 40
"""Characters of a headline that is repeated with the name of the site, and of that name."""

# Weights, chosen on the pages of WCXB as lines.
_WORDS_OF_TEXT, _NUMBER_OF_WORDS, _PROBABILITY, _NEAR, _COPIES = 0.8, 0.3, 0.3, 0.3, 0.3
_WITH_SITE, _LABEL, _IS_PATH, _LENGTH = 0.9, -0.4, -0.6, 0.6
_MANY_WORDS, _FULL_LENGTH = 6, 10
_MIN_SCORE = 0.55


def find_headline(
    lines: Sequence[str], p: Sequence[float] | Floats, start: int, keep: float
) -> str:
    """Return the headline among the lines before `start`, or an empty string.

    `p` has the probability of each line to belong to the article, of the running text above `keep`.
    A headline has words of the running text, stands near it, has the length of one, and is often
    repeated, by itself or with the name of the site.
    """
    end = start + _BODY_LINES
    text = [line for i, line in enumerate(lines[start:end], start) if p[i] > keep]
    body = _stems(" ".join(text)[:_BODY_CHARS])
    folds = [fold(line) for line in lines[:end]]
    copies = Counter(folds)
    near = range(max(0, start - _LINES_BEFORE), start)
    best, best_score = "", _MIN_SCORE
    for i in sorted({*range(min(_FIRST_LINES, start)), *near}):
        line = clean_title(lines[i])
        is_copied = copies[folds[i]] > 1
        if not _may_be_headline(line, _MAX_REPEATED_LENGTH if is_copied else _MAX_LENGTH):
            continue
        score = _form_score(line, body) + _PROBABILITY * float(p[i]) + _NEAR / (start - i)
        score += _COPIES * is_copied + _WITH_SITE * _is_repeated_with_site(folds[i], folds)
        if score >= best_score:
            best, best_score = line, score
    return best


def _may_be_headline(line: str, most: int) -> bool:
    is_open = not line.endswith(_NO_HEADLINE_ENDS)
    return count_words(line) in _WORDS and len(line) < most and is_open


def _form_score(line: str, body: set[str]) -> float:
    words = count_words(line)
    stems = _stems(line)
    found = len(stems & body)
    is_label = label_kind(line) or (_DATE_LIKE.search(line) and words < _SHORT_LINE)
    return (
        _WORDS_OF_TEXT * found / max(len(stems), _WORDS[0])
        + _NUMBER_OF_WORDS * min(found, _MANY_WORDS) / _MANY_WORDS
        + _LENGTH * min(words, _FULL_LENGTH) / _FULL_LENGTH
        + _LABEL * bool(is_label)
        + _IS_PATH * bool(_PATH.search(line))
    )


def _is_repeated_with_site(key: str, folds: Sequence[str]) -> bool:
    """Return whether another line is this one with the name of a site before or after it."""
    lengths = range(len(key) + 1, len(key) + _MAX_SITE)
    return len(key) >= _MIN_COPY and any(
        len(other) in lengths and (other.startswith(key) or other.endswith(key)) for other in folds
    )


def _stems(text: str) -> set[str]:
    """Return the beginnings of the longer words of a text, and pairs of East Asian characters."""
    stems: set[str] = set()
    for word in text.lower().split():
        if not word.isascii() and _WIDE.search(word):
            for run in _WIDE.findall(word):
                stems.update(run[i : i + 2] for i in range(len(run) - 1))
        elif len(bare := word.strip(_PUNCTUATION)) >= _MIN_WORD:
            stems.add(bare[:_STEM])
    return stems
