"""Cut what sites add to a headline: their name, a section, escaped characters and tags."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from services.cleaning.text.line_style import fold
from services.cleaning.text.unicode_repair import collapse_space, repair
from services.languages.registry import words_of_all_languages

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{2,6}|#[xX][\da-fA-F]{2,5});")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|em|font|h[1-6]|i|mark|p|q|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff01-\uff60"
_SEPARATOR = re.compile(
    r"\s+(?:[^\w\s\"'“”‘’„«»‹›()\[\]{}&+,.;!?%$€£#@…]{1,3}|[«»‹›]{1,2}|_)\s+"  # noqa: RUF001
    r"|\s*[|｜¦]\s*"  # noqa: RUF001
    rf"|(?<=[{_WIDE}])\s*[-_＿－–—]{{1,2}}\s*(?=\w)"  # noqa: RUF001
    rf"|(?<=\w)\s*[-_＿－–—]{{1,2}}\s*(?=[{_WIDE}])"  # noqa: RUF001
)
"""Signs between parts of a title: any but those of sentences, between spaces; bars anywhere; dashes
and low lines also between East Asian characters.
"""
_OPENING, _CLOSING = "[(\\[\u3010\uff3b\uff08]", "[)\\]\u3011\uff3d\uff09]"
"""Square and round brackets, also of full width, and the lens brackets of East Asia."""
_BRACKETED = re.compile(
    rf"^{_OPENING}([^)\]\u3011\uff3d\uff09]{{2,40}}){_CLOSING}|"
    rf"{_OPENING}([^)\]\u3011\uff3d\uff09]{{2,40}}){_CLOSING}$"
)
_DASHES, _BARS = frozenset("-–—－―−"), frozenset("|｜¦»«›‹")  # noqa: RUF001
_LOOSE_ENDS = " |·•⋆~–—-"  # noqa: RUF001
_SENTENCE_SIGN = re.compile(r"\s+[+@#…]\s+")
_COLON = re.compile(r"[:：]\s*")  # noqa: RUF001
_MIN_HEADLINE = 4
"""Words of the shortest headline that stands beside a name that is not known."""
_MAX_SITE = 5
"""Words of the longest name of a site."""
_MAX_SECTION = 3
_MIN_PART = 0.6
"""Share of a name that stands for it."""
_MIN_NAME = 3
"""Letters of the shortest name of a site of which only a part is given."""
_WIDE_CHARS = re.compile(f"[{_WIDE}]")
_MAX_EAST_ASIAN_SITE = 12
"""Characters of the longest name of an East Asian site that is not known."""
_EAST_ASIAN_OUTLETS = tuple(
    word
    for word in words_of_all_languages(lambda one: one.outlet_words)
    if _WIDE_CHARS.fullmatch(word[0])
)


@dataclass(frozen=True)
class SiteNames:
    """What is known of the names of a site and of its section."""

    sites: frozenset[str] = frozenset()
    sections: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def known(cls, names: list[str | None], section: str | None, url: str | None) -> SiteNames:
        """Collect the names that a page states and those in the host of its URL, folded."""
        sites = {fold(part) for name in names if name for part in [name, *split_title(name)[0]]}
        sites |= {fold(name) for name in _host_names(url or "")}
        return cls(frozenset(sites - {""}), frozenset({fold(section or "")} - {""}))

    def is_site(self, text: str) -> bool:
        """Return whether a text is a name of the site, or most of one."""
        key = fold(text)
        return key in self.sites or any(_is_part(key, name) for name in self.sites)


def clean_title(text: str) -> str:
    """Resolve entities that were escaped twice, and remove tags and superfluous white space."""
    text = repair(text)
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    for _ in range(2):
        if _ENTITY.search(text):
            text = html.unescape(text)
    return collapse_space(_TAG.sub("", text) if "<" in text else text).strip(_LOOSE_ENDS)


@lru_cache(maxsize=32)  # the titles of one page are split again and again
def split_title(title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parts of a title and the separators between them."""
    parts: list[str] = []
    separators: list[str] = []
    start = 0
    for found in _SEPARATOR.finditer(title):
        if title[start : found.start()].strip():
            parts.append(title[start : found.start()])
            separators.append(found[0].strip())
            start = found.end()
    if title[start:].strip():
        return (*parts, title[start:]), tuple(separators)
    return tuple(parts), tuple(separators[:-1])


def cut_site(title: str, names: SiteNames, *, guess: bool = True) -> str:
    """Remove the name of the site, and of the section beside it, from both ends of a title.

    With `guess` a short part at the end, or before a bar, is taken for a site that is not known.
    """
    title = _cut_signs(_cut_brackets(title, names), names)
    parts, separators = split_title(title)
    first, last = 0, len(parts)
    while last - first > 1 and names.is_site(parts[last - 1]):
        last -= 1
    is_cut = last < len(parts)
    while last - first > 1 and names.is_site(parts[first]):
        first += 1
    if first and _is_section_before(parts, separators, first, last):
        first += 1
    is_cut = is_cut or first > 0
    if not is_cut:
        last = _before_slogan(parts, names)
        is_cut = last < len(parts)
    if not is_cut and guess and len(parts) > 1:
        first, last = _guess_site(parts, separators)
        is_cut = last < len(parts)
    last = _before_path(parts, separators, last)
    while last - first > 1 and _is_section(parts, separators, last, names, beside_site=is_cut):
        last -= 1
    return _cut_colon(_cut_brackets(_join(title, parts, first, last), names), names)


def _cut_brackets(title: str, names: SiteNames) -> str:
    """Remove the name of the site in brackets at one of the ends."""
    if bracketed := _BRACKETED.search(title):
        rest = (title[: bracketed.start()] + title[bracketed.end() :]).strip()
        name = bracketed[1] or bracketed[2]
        if rest and (names.is_site(name) or _is_east_asian_outlet(name)):
            return rest
    return title


def _cut_signs(title: str, names: SiteNames) -> str:
    """Remove the name of the site beside a sign that is part of sentences too ("+", "@")."""
    found = list(_SENTENCE_SIGN.finditer(title))
    if found and fold(title[found[-1].end() :]) in names.sites:
        return title[: found[-1].start()]
    if found and fold(title[: found[0].start()]) in names.sites:
        return title[found[0].end() :]
    return title


def _before_slogan(parts: Sequence[str], names: SiteNames) -> int:
    """Return where a title ends whose headline is followed by the site and its slogan."""
    for number, part in enumerate(parts):
        if number and fold(part) in names.sites and count(parts[number - 1]) >= _MIN_HEADLINE:
            return number
    return len(parts)


def _before_path(parts: Sequence[str], separators: Sequence[str], last: int) -> int:
    """Return where a headline ends that is followed by a path of sections ("A < B < C")."""
    path = [number for number in range(1, last) if separators[number - 1] == "<"]
    return path[0] if len(path) > 1 and count(parts[0]) >= _MIN_HEADLINE else last


def count(text: str) -> int:
    """Return the number of words; two East Asian characters are one."""
    wide = len(_WIDE_CHARS.findall(text))
    return len(_WIDE_CHARS.sub(" ", text).split()) + (wide + 1) // 2


def _is_part(one: str, other: str) -> bool:
    """Return whether one name is most of the other, which does not go on with a number."""
    short, long = sorted((one, other), key=len)
    is_part = long.startswith(short) or long.endswith(short)
    is_most = len(short) >= max(_MIN_NAME, _MIN_PART * len(long))
    return is_part and is_most and not any(map(str.isdigit, long.replace(short, "")))


def _guess_site(parts: Sequence[str], separators: Sequence[str]) -> tuple[int, int]:
    """Return which parts are left without a name at one end that is not known."""
    tail, rest = parts[-1], parts[:-1]
    longest = max(map(count, rest))
    is_mark = separators[-1] in _DASHES or separators[-1][0] in _BARS or separators[-1] == "::"
    is_name = is_mark or _is_capitalised(tail)
    if is_name and count(tail) <= _MAX_SITE and longest >= _MIN_HEADLINE and longest > count(tail):
        return 0, len(parts) - 1
    head = parts[0]
    before_bar = separators[0][0] in _BARS or separators[0] == "::"
    if before_bar and _is_capitalised(head) and count(head) < _MIN_HEADLINE <= count(parts[1]):
        return 1, len(parts)
    return 0, len(parts)


def _is_section_before(
    parts: Sequence[str], separators: Sequence[str], first: int, last: int
) -> bool:
    """Return whether the first part that is left is a section, between the site and a headline."""
    if last - first < 2 or separators[first - 1] != separators[first]:  # noqa: PLR2004 - and a headline
        return False
    short = count(parts[first]) <= _MAX_SECTION and not any(map(str.isdigit, parts[first]))
    return short and separators[first][0] in _BARS and count(parts[first + 1]) >= _MIN_HEADLINE


def _is_section(
    parts: Sequence[str],
    separators: Sequence[str],
    last: int,
    names: SiteNames,
    *,
    beside_site: bool,
) -> bool:
    """Return whether the last part that is left is a section of the site."""
    part, separator = parts[last - 1], separators[last - 2]
    if fold(part) in names.sections:
        return True
    if not beside_site or last >= len(parts) or separator != separators[last - 1]:
        return False
    most = _MAX_SECTION
    if separator in _DASHES:  # part of the headline, unless it is written as a name
        most = 2 if _is_capitalised(part) else 1
    headline = count(parts[0])
    is_label = not any(char.isdigit() for char in part) and part[-1:] not in "?!.…"
    return is_label and count(part) <= most and headline >= _MIN_HEADLINE and headline > count(part)


def _join(title: str, parts: Sequence[str], first: int, last: int) -> str:
    start = 0
    for part in parts[:first]:
        start = title.index(part, start) + len(part)
    start = title.index(parts[first], start)
    end = start
    for part in parts[first:last]:
        end = title.index(part, end) + len(part)
    return title[start:end].strip()


def _cut_colon(title: str, names: SiteNames) -> str:
    """Remove the name of the site before or after a colon."""
    found = list(_COLON.finditer(title))
    if found and names.is_site(title[: found[0].start()]) and title[found[0].end() :].strip():
        return title[found[0].end() :].strip()
    tail = title[found[-1].end() :] if found else ""
    if (names.is_site(tail) or _is_east_asian_outlet(tail)) and title[: found[-1].start()].strip():
        return title[: found[-1].start()].strip()
    return title


def _is_east_asian_outlet(text: str) -> bool:
    return len(text) <= _MAX_EAST_ASIAN_SITE and text.strip().endswith(_EAST_ASIAN_OUTLETS)


def _is_capitalised(text: str) -> bool:
    """Return whether each longer word begins with a capital, a digit or an East Asian character."""
    return all(not word[0].islower() for word in text.split() if len(word) > _MIN_NAME)


def _host_names(url: str) -> list[str]:
    """Return the host without `www.`, the domains it belongs to, and its longest label."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return [*domains, max(labels[:-1], key=len)] if domains else []
