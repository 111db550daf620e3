"""Find the days and weekdays that a text mentions.

Years are ignored: reports of one event name the day but seldom the year, and the times of
publication already tell years apart.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import numpy as np

from services.dedup.features import tokenizer
from services.languages.date_mention_words import DateMentionWords
from services.languages.registry import languages

_FALLBACK_LANGUAGE = "en"
_SEARCHED_CHARACTERS = 6000
"""Days mentioned further down seldom belong to the event, and this bounds the time needed."""
_CONTEXT_CHARACTERS = 12
"""Characters before a month in which its day is looked for, as in "4th of May"."""
_PREFIX_LENGTH = 3
_LONGEST_MONTH = 31


class DateMentionFinder:
    """Finds dates in texts of one language."""

    def __init__(self, words: DateMentionWords) -> None:
        self._month_by_prefix = words.month_prefixes
        self._weekdays = words.weekdays
        first_letters = [ord(prefix[0]) for prefix in words.month_prefixes]
        self._first_letters = np.zeros(max(first_letters) + 1, dtype=np.uint8)
        self._first_letters[first_letters] = 1
        suffix = f"(?:{'|'.join(map(re.escape, words.ordinal_suffixes))})?"
        between = f"(?:(?:{'|'.join(map(re.escape, words.day_month_words))})\\s+)?"
        # The last part keeps times ("May 10:30") and decimals ("May 4.5") out.
        self._day_after = re.compile(
            rf"[{words.month_letters}]*\.?\s+(\d{{1,2}}){suffix}\b(?![:.]\d)"
        )
        self._day_before = re.compile(rf"\b(\d{{1,2}}){suffix}\s+{between}$")

    def days(self, text: str) -> set[int]:
        """Return the days named with their month at the beginning of a text.

        Only the first 6,000 characters are searched. Each day is given as its `day_code`.
        """
        text = text[:_SEARCHED_CHARACTERS]
        found = set()
        # Looking only at the letters that begin a month is many times faster than a pattern.
        for start in tokenizer.find_characters(text, self._first_letters):
            end = start + _PREFIX_LENGTH
            month = self._month_by_prefix.get(text[start:end])
            if month is None:
                continue
            before = text[max(0, start - _CONTEXT_CHARACTERS) : start]
            match = self._day_after.match(text, end) or self._day_before.search(before)
            if match and 1 <= int(match.group(1)) <= _LONGEST_MONTH:
                found.add(day_code(month, int(match.group(1))))
        return found

    def weekdays(self, text: str) -> set[int]:
        """Return the weekdays that a text names; Monday is 0."""
        return {number for number, name in enumerate(self._weekdays) if name in text}


def finder_for(language: str) -> DateMentionFinder:
    """Return the finder of a language, or the English one where the language has no words.

    ``language`` is an ISO 639-1 code.
    """
    finders = _finders()
    return finders.get(language) or finders[_FALLBACK_LANGUAGE]


@cache
def _finders() -> dict[str, DateMentionFinder]:
    return {
        code: DateMentionFinder(language.date_mentions)
        for code, language in languages().items()
        if language.date_mentions is not None
    }


def day_code(month: int, day: int) -> int:
    """Return a day of the year as one number: the month times 100, plus the day."""
    return month * 100 + day


def last_weekday(weekday: int, published: date) -> int:
    """Return the `day_code` of the last such weekday up to and with the day of publication."""
    day = published - timedelta(days=(published.weekday() - weekday) % 7)
    return day_code(day.month, day.day)
