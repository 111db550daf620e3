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
    rf"|(?<=[{_WIDE}])\s*[-_＿－–—]\s*(?=\w)|(?<=\w)\s*[-_＿－–—]\s*(?=[{_WIDE}])"  # noqa: RUF001
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
    if bracketed := _BRACKETED.search(title):
        rest = (title[: bracketed.start()] + title[bracketed.end() :]).strip()
        if rest and names.is_site(bracketed[1] or bracketed[2]):
            return rest
    parts, separators = split_title(title)
    first, last = 0, len(parts)
    while last - first > 1 and names.is_site(parts[last - 1]):
        last -= 1
    is_cut = last < len(parts)
    while last - first > 1 and names.is_site(parts[first]):
        first += 1
    is_cut = is_cut or first > 0
    if not is_cut and guess and len(parts) > 1:
        first, last = _guess_site(parts, separators)
        is_cut = last < len(parts)
    while last - first > 1 and _is_section(parts, separators, last, names, beside_site=is_cut):
        last -= 1
    return _cut_colon(_join(title, parts, first, last), names)


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
    is_name = separators[-1] in _DASHES or separators[-1][0] in _BARS or _is_capitalised(tail)
    if is_name and count(tail) <= _MAX_SITE and longest >= _MIN_HEADLINE and longest > count(tail):
        return 0, len(parts) - 1
    head = parts[0]
    before_bar = separators[0][0] in _BARS or separators[0] == "::"
    if before_bar and _is_capitalised(head) and count(head) < _MIN_HEADLINE <= count(parts[1]):
        return 1, len(parts)
    return 0, len(parts)


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
    most = 1 if separator in _DASHES else _MAX_SECTION
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
    if found and names.is_site(title[found[-1].end() :]) and title[: found[-1].start()].strip():
        return title[: found[-1].start()].strip()
    return title


def _is_capitalised(text: str) -> bool:
    """Return whether each longer word begins with a capital, a digit or an East Asian character."""
    return all(not word[0].islower() for word in text.split() if len(word) > _MIN_NAME)


def _host_names(url: str) -> list[str]:
    """Return the host without `www.`, and its longest label."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")[:-1]
    return [host, max(labels, key=len)] if labels else []
