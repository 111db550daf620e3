"""Read the dates that lines of a page show: labelled, standing alone, or part of a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise

from schemas.article import DateSource, Precision, StatedDate
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.parsing import FoundDate, find_dates, normal_text
from services.cleaning.dates.patterns import YEAR
from services.cleaning.dates.relative import is_day_name, parse_relative
from services.cleaning.metadata.byline_labels import is_byline
from services.languages.language import Language
from services.languages.registry import languages, words_of_all_languages

MAX_LINE_LENGTH = 160
"""A longer line holds more than dates and names."""
_MAX_RELATIVE_LENGTH = 60
"""A longer line with "2 hours ago" is a sentence."""
_RELATIVE_WORDS = 3
"""Words of "an hour ago"."""
_MAX_OTHER_WORDS = 6
"""Words beside a date from which a line without a label is a sentence or a headline."""
_MAX_WORDS_BEFORE_LABEL = 2


@cache
def _labels(language: str | None) -> re.Pattern[str]:
    """Return the pattern of the labels in a language and in English; in all if it is unknown."""
    chosen = _labelling(language)

    def alternatives(words: Iterable[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    updated = alternatives({word for one in chosen for word in one.update_labels})
    published = alternatives({word for one in chosen for word in one.published_labels})
    return re.compile(
        rf"(?<![^\W\d_])(?:(?P<updated>{updated})|(?P<published>{published}))(?![a-z])",
        re.IGNORECASE,
    )


def _labelling(language: str | None) -> list[Language]:
    known = languages()
    of_page = [known[code] for code in ("en", language) if code and code in known]
    return of_page if language in known else list(known.values())


@cache
def _any_label(language: str | None) -> re.Pattern[str]:
    """Return a pattern that finds any label, quicker: grouped by first letter, few are tried."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for one in _labelling(language):
        for label in (*one.published_labels, *one.update_labels):
            by_letter[label[:1]].append(re.escape(label[1:]))
    groups = (f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(groups)})(?![a-z])", re.IGNORECASE)


_OTHER_LABEL = re.compile(r"\w\s?:\s{0,2}\W{0,3}$")
"""The end of a text before a date that ends in some other label ("Deadline: ")."""
_RANGE = re.compile(r"^\s?(?:-|\u2013|\u2014|to|bis|until|à|al|a|till)\s?$", re.IGNORECASE)
_SEPARATORS = "|·•⋅●"
"""Marks between the parts of a line about an article."""
_NOT_PUBLISHED = re.compile(
    r"(?<!\w)(?:©|\(c\)|copyright|photos?|file photo|pictured?|image|versions?|release|build"
    r"|event|deadline|expires?|until|from|since|valid|effective|born|died|founded|vol|volume|issue|isbn|doi"
    r"|last had|due|starts?|ends?|begins?|opens?|closes?|accessed|retrieved|archived"
    r"|visited)(?!\w)",
    re.IGNORECASE,
)
"""Words before a date that is about something else."""
_PICTURE = re.compile(
    rf"(?<!\w)(?:{'|'.join(words_of_all_languages(lambda one: one.picture_labels))})\s?[:：]",  # noqa: RUF001
    re.IGNORECASE,
)
"""The credit of a picture after a date: the line is a caption."""
_DIGIT = re.compile(r"\d")
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL_WORD = re.compile(r"(?<![^\W_])[a-zà-ÿа-яё]{2,}")
_MIN_SMALL_WORDS = 3
"""Words in small letters before a date from which a line is a sentence."""
_SENTENCE_END = re.compile(r"[.!?。\uff01\uff1f…][\"'”\u2019»)]{0,2}$")


class LineKind(Enum):
    """What a date in a line is, by the words beside it."""

    PUBLISHED = auto()
    UPDATED = auto()
    BARE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class LineDate:
    """A date that a line shows."""

    date: StatedDate
    kind: LineKind
    line: str


def dates_in_line(line: str, context: DateContext) -> Iterator[LineDate]:
    """Yield the dates of a line with what they are; a long line has none.

    The label of a date stands before it, after the date before; the last date of a line may have
    its label behind.
    """
    if len(line) > MAX_LINE_LENGTH:
        return
    if line.isascii() and len(line) > _MAX_RELATIVE_LENGTH and not YEAR.search(line):
        return
    text = normal_text(line)
    found = find_dates(text, DateSource.TEXT, context)
    if not found:
        relative = parse_relative(text, context)
        if relative is not None:
            kind = _kind(text, "", _labels(context.language), others=_words(text) - 2)
            if kind is LineKind.OTHER and _words(text) <= _RELATIVE_WORDS + 1:
                kind = LineKind.BARE
            is_name = relative.precision is Precision.DAY and is_day_name(text, context)
            if kind is LineKind.BARE and is_name:
                kind = LineKind.OTHER  # "Today" alone is the name of a section
            yield LineDate(relative, kind, line)
        return
    is_range = any(_RANGE.match(text[one.end : two.start]) for one, two in pairwise(found))
    end = 0
    for number, one in enumerate(found):
        after = text[one.end :] if number == len(found) - 1 else ""
        others = _other_words(text, one, found)
        kind = _kind(text[end : one.start], after, _labels(context.language), others=others)
        yield LineDate(one.date, LineKind.OTHER if is_range else kind, line)
        end = one.end


def _other_words(text: str, one: FoundDate, found: Sequence[FoundDate]) -> int:
    """Return how many words stand with a date between two separators; more in a sentence."""
    start = max(text.rfind(mark, 0, one.start) for mark in _SEPARATORS) + 1
    ends = [at for mark in _SEPARATORS if (at := text.find(mark, one.end)) >= 0]
    part = text[start : min(ends, default=len(text))]
    dates = sum(_words(text[two.start : two.end]) for two in found if two.start >= start)
    others = max(0, _words(part) - dates)
    is_sentence = others > 1 and not ends and _SENTENCE_END.search(text)
    return others + _MAX_OTHER_WORDS if is_sentence else others


def _kind(before: str, after: str, pattern: re.Pattern[str], *, others: int) -> LineKind:
    """Return what a date is, from the texts on both sides and the number of other words."""
    labels = list(pattern.finditer(before))
    if labels and _introduces(before, labels[0], labels[-1]):
        return LineKind.UPDATED if labels[-1].group("updated") else LineKind.PUBLISHED
    label = pattern.search(after)
    if label and label.group("updated") and _words(after[: label.start()]) <= 1:
        return LineKind.UPDATED
    if _PICTURE.search(after.partition("|")[0]):
        return LineKind.OTHER
    small = len(_SMALL_WORD.findall(before))
    in_sentence = small >= _MIN_SMALL_WORDS
    if small and after and not is_byline(before) and not _DIGIT.search(after):
        # words on both sides, and no time of day ("Council decided on 4 May to close it")
        in_sentence |= small + len(_SMALL_WORD.findall(after)) >= _MIN_SMALL_WORDS
    if (
        others > _MAX_OTHER_WORDS
        or in_sentence
        or _NOT_PUBLISHED.search(before)
        or _OTHER_LABEL.search(before)
    ):
        return LineKind.OTHER
    return LineKind.BARE


def _introduces(before: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Return whether labels belong to the date after them, and not to a sentence.

    They open the text, or stand with a capital letter right before the date.
    """
    if _words(before[: first.start()]) <= _MAX_WORDS_BEFORE_LABEL:
        return _words(before[last.end() :]) <= _MAX_OTHER_WORDS
    return last.group()[0].isupper() and _words(before[last.end() :]) <= 1


_ALL_LABELS = words_of_all_languages(lambda one: (*one.published_labels, *one.update_labels))


def has_label(text: str, language: str | None = None) -> bool:
    """Return whether a text contains the label of a date, in any language if it is unknown."""
    return _any_label(language).search(text) is not None


def is_label(text: str) -> bool:
    """Return whether a text is no more than the label of a date, in any language."""
    return text.strip(" :·|").lower() in _ALL_LABELS


def _words(text: str) -> int:
    """Return the number of words; scripts without spaces count three characters as a word."""
    return sum(
        max(1, len(_WIDE.findall(word)) // 3) if not word.isascii() else 1
        for word in _WORD.findall(text)
    )
