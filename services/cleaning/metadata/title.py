"""Find the headline of an article in the metadata and the headings of its page."""

from __future__ import annotations

import re

from services.cleaning.metadata.page_metadata import PageMetadata
from services.cleaning.text.line_style import fold
from services.cleaning.text.unicode_repair import collapse_space, repair

_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "dc.title", "title", "sailthru.title")
_TITLE_SEPARATORS = re.compile(r"\s+[|·•»«\u2013\u2014-]+\s+|\s*\|\s*|\s+::\s+")


def find_title(page: PageMetadata, stated: str | None) -> str:
    """Return the headline, or an empty string if the page has none.

    It is the `stated` one of the feed, else the `h1` that is most similar to the titles in the
    metadata of the page, else one of those titles.
    """
    if stated and stated.strip():
        return collapse_space(repair(stated))
    titles = [t for t in (page.ld.headline, page.first(_TITLE_NAMES), page.title_tag) if t]
    best, best_score = "", 0.0
    site = fold(page.site_name or "")
    headings = [h for h in page.headings if fold(h) != site] or page.headings
    if len(headings) == 1 and fold(headings[0]) in map(fold, titles):
        return headings[0]
    for heading in headings:
        score = max((_similarity(heading, name) for name in titles), default=0.0)
        # Titles may contain the name of the site: of two equally similar headings the longer
        # one is the headline.
        if score > best_score + 0.01 or (score > best_score - 0.01 and len(heading) > len(best)):
            best, best_score = heading, score
    if best_score >= 0.5 or (best_score >= 0.25 and len(headings) == 1):  # noqa: PLR2004
        return best  # shares most of its words, or is the only one and shares some
    if page.ld.headline and page.ld.is_article:
        return page.ld.headline
    rest = page.first(_TITLE_NAMES) or page.title_tag
    if rest:
        return _without_site(rest, page.site_name)
    return page.headings[0] if page.headings else ""


def _similarity(heading: str, name: str) -> float:
    """Return the Dice similarity of the words of a heading and a title; 2 if both are equal.

    A title is also compared part by part, as it may contain the name of the site.
    """
    if fold(heading) and fold(heading) == fold(name):
        return 2.0
    a, b = set(_folded_words(heading)), set(_folded_words(name))
    parts = [set(_folded_words(part)) for part in _TITLE_SEPARATORS.split(name)]
    return max((2 * len(a & x) / (len(a) + len(x)) for x in [b, *parts] if a and x), default=0.0)


def _folded_words(text: str) -> list[str]:
    return [word for part in text.split() if (word := fold(part))]


def _without_site(title: str, site: str | None) -> str:
    """Remove the name of the site from the start or the end of a title."""
    parts = _TITLE_SEPARATORS.split(title)
    if len(parts) == 1:
        return title
    known = fold(site or "")
    for part in (parts[-1], parts[0]):
        if known and fold(part) == known:
            start = title.find(part) if part is parts[0] else title.rfind(part)
            cut = title[start + len(part) :] if part is parts[0] else title[:start]
            return cut.strip(" |·•»«–—-:")  # noqa: RUF001
    longest = max(parts, key=len)
    if len(longest.split()) >= 4 and title.startswith(longest):  # noqa: PLR2004 - the shortest headlines
        tail = title[len(longest) :]
        if len(tail.split()) <= 5:  # noqa: PLR2004 - the longest names of sites
            return longest
    return title
