"""The headline of a page."""

from __future__ import annotations

import re

from services.cleaning.metadata.page_metadata import Metadata
from services.cleaning.text.line_style import fold
from services.cleaning.text.unicode_repair import fold_space, repair

_TITLE = ("og:title", "twitter:title", "parsely-title", "dc.title", "title", "sailthru.title")
_TITLE_MARKS = re.compile(r"\s+[|·•»«\u2013\u2014-]+\s+|\s*\|\s*|\s+::\s+")


def title_of(page: Metadata, stated: str | None) -> str:
    """Return the headline: the feed's, else the `h1` that the page's own titles agree with.

    It is empty if the page has none.
    """
    if stated and stated.strip():
        return fold_space(repair(stated))
    named = [t for t in (page.ld.headline, page.first(_TITLE), page.title_tag) if t]
    best, best_score = "", 0.0
    site = fold(page.site_name or "")
    headings = [h for h in page.headings if fold(h) != site] or page.headings
    if len(headings) == 1 and fold(headings[0]) in map(fold, named):
        return headings[0]
    for heading in headings:
        score = max((_similarity(heading, name) for name in named), default=0.0)
        # Title tags name the outlet too: of two parts of one title the longer is the headline.
        if score > best_score + 0.01 or (score > best_score - 0.01 and len(heading) > len(best)):
            best, best_score = heading, score
    if best_score >= 0.5 or (best_score >= 0.25 and len(headings) == 1):  # noqa: PLR2004
        return best  # shares most of its words, or is the only one and shares some
    if page.ld.headline and page.ld.is_article:
        return page.ld.headline
    rest = page.first(_TITLE) or page.title_tag
    if rest:
        return _without_site(rest, page.site_name)
    return page.headings[0] if page.headings else ""


def _similarity(heading: str, name: str) -> float:
    """Return the Dice overlap of words; the outlet's part of the longer title does not count."""
    if fold(heading) and fold(heading) == fold(name):
        return 2.0
    a, b = set(fold_words(heading)), set(fold_words(name))
    parts = [set(fold_words(part)) for part in _TITLE_MARKS.split(name)]
    return max((2 * len(a & x) / (len(a) + len(x)) for x in [b, *parts] if a and x), default=0.0)


def fold_words(text: str) -> list[str]:
    """Return the words in lower case and without punctuation."""
    return [word for part in text.split() if (word := fold(part))]


def _without_site(title: str, site: str | None) -> str:
    """Remove the outlet's name from the ends of a title tag."""
    parts = _TITLE_MARKS.split(title)
    if len(parts) == 1:
        return title
    known = fold(site or "")
    for part in (parts[-1], parts[0]):
        if known and fold(part) == known:
            start = title.find(part) if part is parts[0] else title.rfind(part)
            cut = title[start + len(part) :] if part is parts[0] else title[:start]
            return cut.strip(" |·•»«–—-:")  # noqa: RUF001
    longest = max(parts, key=len)
    if len(longest.split()) >= 4 and title.startswith(longest):  # noqa: PLR2004 - a headline's length
        tail = title[len(longest) :]
        if len(tail.split()) <= 5:  # noqa: PLR2004 - an outlet's name
            return longest
    return title
