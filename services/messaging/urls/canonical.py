"""Find the canonical URL that a page names for itself, and check that it is the page's own.

Sites name wrong ones: their front page, the first page of a list, the URL without the parameter
that holds the number of the article. Two articles that name the same would get one id.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from services.messaging.page_head import MAX_HEAD, head_tags, head_title, read_head
from services.messaging.urls.normal_form import normal_url

_NAMED: Final = re.compile(rb"canonical|og:url", re.IGNORECASE)
_WANTED: Final = re.compile(rb"canonical|og:url|og:title", re.IGNORECASE)
_MOBILE: Final = re.compile(r"^(?:m|mobile|mobil|touch|wap|lite|text)\.(?=[^.]+\.)")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_NUMBER: Final = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_DAY: Final = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?")
_MIN_WORDS: Final = 3
"""Words of a path segment that only one article of a site has."""
_MIN_SHARE: Final = 0.75
"""Share of those words that the headline must have."""
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_MAX_URL: Final = 2048


@lru_cache(maxsize=1)  # the ids of an article, of its content and of its revision are made in turn
def own_canonical(page: str, url: str, stated_title: str | None) -> str | None:
    """Return the canonical URL of a page, or None if it names none, or one that may not be its own.

    `url` is where the page was fetched. The canonical URL is one of the same site. Its path ends as
    that of `url` or has the same number, or it consists of words of the headline.
    """
    head = read_head(page[:MAX_HEAD].encode("utf-8", "replace"))
    if not _NAMED.search(head):
        return None
    links, addresses, titles, base = [], [], [head_title(head), stated_title or ""], url
    for tag, attributes in head_tags(head, _WANTED):
        if tag == "base":
            base = _absolute(attributes.get("href", ""), url) or url
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            links.append(attributes.get("href", ""))
        elif tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            if name == "og:url":
                addresses.append(attributes.get("content", ""))
            elif name == "og:title":
                titles.append(attributes.get("content", ""))
    named = {normal_url(href): href for one in links or addresses if (href := _absolute(one, base))}
    if len(named) != 1:
        return None  # a page that names two does not know
    (canonical,) = named.values()
    return canonical if _is_own(normal_url(canonical), normal_url(url), titles) else None


def _absolute(href: str, base: str) -> str | None:
    try:
        joined = urljoin(base, href) if href else ""
        is_page = urlsplit(joined).scheme in ("http", "https") and bool(urlsplit(joined).hostname)
    except ValueError:
        return None
    return joined if is_page and len(joined) <= _MAX_URL and not re.search(r"\s", joined) else None


def _is_own(canonical: str, url: str, titles: list[str]) -> bool:
    """Return whether the canonical URL is that of the page at `url`; both in normal form."""
    if canonical == url:
        return True
    there, here = urlsplit(canonical), urlsplit(url)
    last = there.path.rpartition("/")[2]
    is_front_page = not (last or there.query)
    if is_front_page or there.fragment or here.fragment or not _is_same_site(there, here):
        return False
    moved = there.path != here.path
    is_titled = _is_titled(last, titles)
    if _drops_number(canonical, here.query) and not (moved and is_titled):
        return False
    same_address = not moved and there.query == here.query
    if _desktop_host(there) != _desktop_host(here):  # sites of several authors have one a host
        return same_address and (is_titled or _is_specific(last))
    same_segment = last == here.path.rpartition("/")[2] and _is_specific(last)
    return same_address or same_segment or is_titled or _shares_number(canonical, url)


def _desktop_host(parts: SplitResult) -> str:
    return _MOBILE.sub("", parts.hostname or "")


def _is_same_site(one: SplitResult, other: SplitResult) -> bool:
    """Return whether two hosts are the same, or one is below the other; `m.` does not count."""
    a, b = _desktop_host(one), _desktop_host(other)
    return a == b or a.endswith(f".{b}") or b.endswith(f".{a}")


def _is_titled(segment: str, titles: list[str]) -> bool:
    """Return whether a path segment is made from the headline."""
    words = set(_WORD.findall(_fold(unquote(segment))))
    known = {word for title in titles for word in _WORD.findall(f"{_fold(title)} {_spell(title)}")}
    return len(words) >= _MIN_WORDS and len(words & known) >= _MIN_SHARE * len(words)


def _fold(text: str) -> str:
    """Return the text in lower case without accents, as in most addresses."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _spell(text: str) -> str:
    """Return the text folded with the umlauts in two letters, as in German addresses."""
    return _fold(text.lower().translate(_UMLAUTS))


def _is_specific(segment: str) -> bool:
    """Return whether a path segment is long enough to be that of one article."""
    return len(_WORD.findall(unquote(segment))) >= _MIN_WORDS or bool(_NUMBER.search(segment))


def _shares_number(one: str, other: str) -> bool:
    """Return whether both URLs have the same number of five digits or more that is no day."""
    numbers = set(_NUMBER.findall(one)) & set(_NUMBER.findall(other))
    return any(not _DAY.fullmatch(number) for number in numbers)


def _drops_number(canonical: str, query: str) -> bool:
    """Return whether a URL lacks a number of a query, as that of an article or of a page of one."""
    kept = {"1", *re.findall(r"\w+", canonical)}
    return any(
        value not in kept and any(char.isdigit() for char in value) for _, value in parse_qsl(query)
    )
