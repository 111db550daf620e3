"""The forms in which pages write a date, as patterns that take linear time."""

from __future__ import annotations

import re

YEAR = re.compile(r"19\d\d|20\d\d|25[5-9]\d|\d{10}")
"""A text without a match holds no date (25xx are years of the Thai calendar)."""

_MONTH = (
    r"([^\W\d_][^\s\d_.,;:/|()\[\]\u2013\u2014-]{1,15}(?:\s(?:الأول|الثاني|الاول|الثانی))?"
    r"|[\u0e01-\u0e4e.]{3,12})(?:\s?/\s?[\u0621-\u064a]{2,10})?"
)
"""A word that may name a month: other scripts have marks, Thai abbreviations also dots. Arabic has
two names for most months, which pages write both, and some of two words."""
_YEAR = r"((?:19|20|25)\d{2})(?!\d)"
_DAY = r"(?<![\d:.,/-])(\d{1,2})"

ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})(?:-(\d{1,2}))?"
    r"(?:(?:T|,?\s{1,3})(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?!:|\s?[ap]\.?\s?m\b)"
    r"\s?((?:UTC|GMT)?[+-]\d{2}:?\d{2}|(?:UTC|GMT)?[+-]\d{1,2}(?![\d:])|Z|UTC|GMT)?)?(?!\d)",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})"
    r"(?:T?(\d{2})(\d{2})(\d{2})?\s?(Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
UNIX = re.compile(r"\s{0,3}(?:/Date\()?(\d{10})(?:\.\d{1,9}|(\d{3}))?(?:[+-]\d{4})?(?:\)/)?\s{0,3}")
"""Seconds or milliseconds since 1970, also as the serializer of .NET writes them."""
TIME_WITHOUT_COLONS = re.compile(r"(?<=\dT)(\d{2})(\d{2})(\d{2})?(?=Z|[+-]|$)")
UNIX_LINE = re.compile(  # `date` and the C library: Tue Jun 17 18:30:00 +0200 2031
    rf"(?<!\w){_MONTH}\s{{1,2}}(\d{{1,2}})\s(\d{{2}}):(\d{{2}}):(\d{{2}})"
    rf"(?:\s([+-]\d{{4}}|[A-Z]{{1,5}}))?\s{_YEAR}"
)

NAMED = (
    (re.compile(  # 17 June 2031, 17. Juni 2031, 17 de junio de 2031, 1er juin 2031, 17-Jun-2031
        rf"{_DAY}(?:st|nd|rd|th|er|[.ºª°])?[\s/-]{{0,3}}"
        rf"(?:(?:de\s|of\s|d['\u2019])\s{{0,2}})?{_MONTH}\.?"
        rf"[,\s/-]{{0,4}}(?:(?:de\s|del\s|de\sl['\u2019])\s{{0,2}})?{_YEAR}",
        re.IGNORECASE), (3, 2, 1)),
    (re.compile(  # June 17, 2031
        rf"(?<!\w){_MONTH}\.?\s{{0,3}}(\d{{1,2}})(?:st|nd|rd|th|\.)?,?\s{{1,3}}{_YEAR}",
        re.IGNORECASE), (3, 1, 2)),
    (re.compile(  # 2031. június 17., 2031 m. birželio 17 d., 2031-Jun-17
        rf"(?<!\d){_YEAR}\.?(?:\s?(?:m\.|gada|ko|оны))?[\s,-]{{1,3}}{_MONTH}\.?[\s-]{{1,2}}(\d{{1,2}})"
        r"(?!\d)", re.IGNORECASE), (1, 2, 3)),
    (re.compile(  # 2031. gada 17. jūnijs
        rf"(?<!\d){_YEAR}\.\sgada\s(\d{{1,2}})\.\s{_MONTH}", re.IGNORECASE), (1, 3, 2)),
)  # fmt: skip
"""Patterns of dates with the name of a month, and which groups are year, month and day."""

NUMBERED = (
    (re.compile(r"((?:19|20)\d{2})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]?"),
     (1, 2, 3)),
    (re.compile(rf"{_DAY}\sth[áa]ng\s(\d{{1,2}})(?:,|\snăm)?\s{_YEAR}", re.IGNORECASE), (3, 2, 1)),
    (re.compile(
        r"(?<![\d/])((?:19|20)\d{2})([/.]\s?)(\d{1,2})\2(\d{1,2})(?!\d)"), (1, 3, 4)),
)  # fmt: skip
"""Patterns of dates in numbers whose order is certain, and the groups of year, month and day."""

NUMBERS = re.compile(
    r"(?<![\d.:/-])(\d{1,2})(\s?[./-]\s?)(\d{1,2})\2((?:19|20)\d{2})(?![\d/-]|:(?!\s)|\.\d)"
)
"""Day and month in either order, and the year."""
MONTH_ONLY = re.compile(rf"(?<!\w){_MONTH}\.?,?\s{{1,3}}(?:de\s|del\s)?{_YEAR}", re.IGNORECASE)
