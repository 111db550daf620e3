"""Find the headline of an article in the metadata and the headings of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.cleaning.metadata.page_metadata import PageMetadata
from services.cleaning.metadata.title_parts import (
    SiteNames,
    clean_title,
    count,
    cut_site,
    split_title,
)
from services.cleaning.text.line_style import fold

_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "dc.title", "title", "sailthru.title")
_MIN_SIMILARITY, _MIN_ONLY = 0.5, 0.25
"""Similarity to a title of the metadata from which a heading, or the only one, is the headline."""
_MAX_LOGO = 5
"""Words of the longest heading that is the name of the site."""
_MIN_HEADLINE = 4
"""Words of a heading that is a headline although no title in the metadata is like it."""
_MAX_KICKER = 4
"""Words before the headline in its heading."""
_CUT_OFF = ("…", "...", "(", "[")


def find_title(page: PageMetadata, stated: str | None) -> str:
    """Return the headline, or an empty string if the page has none.

    It is the `stated` one of the feed, else the `h1` that is most similar to the titles in the
    metadata of the page, else one of those titles. The name of the site is removed from all.
    """
    names = SiteNames.known([page.site_name, page.ld.publisher], page.section, page.region.url)
    tag = clean_title(page.title_tag)
    raw = [clean_title(t or "") for t in (page.ld.headline, page.first(_TITLE_NAMES))]
    cleaned = [clean_title(heading) for heading in page.headings]
    if stated and stated.strip():
        return feed_title(stated, cleaned, names)
    statements = [cut_site(title, names) if title else "" for title in (*raw, tag)]
    titles = [title for title in statements if title]
    headings = [h for h in cleaned if h and not _is_logo(h, tag, titles, names)]
    heading = _find_heading(headings, titles, [*raw, tag], names)
    if heading:
        return heading
    linked, other, in_tag = statements
    chosen = (linked if page.ld.is_article else "") or other or in_tag
    if not chosen:
        return cleaned[0] if cleaned else ""
    return _completed(chosen, titles)


def feed_title(stated: str, lines: Sequence[str], names: SiteNames) -> str:
    """Return the title of a feed without the name of the site, as aggregators add it.

    The name is known, or it follows after a title that is one of the lines of the page.
    """
    title = clean_title(stated)
    if title.endswith(_CUT_OFF) and count(title) >= _MIN_HEADLINE:
        key = fold(title)
        if whole := next((line for line in lines if fold(line).startswith(key)), ""):
            return whole
    parts, _ = split_title(title)
    known = {fold(line): line for line in lines}
    for last in range(len(parts) - 1, 0, -1):
        found = known.get("".join(map(fold, parts[:last])))
        if found:
            return found
    return cut_site(title, names, guess=False)


def _is_logo(heading: str, tag: str, titles: Sequence[str], names: SiteNames) -> bool:
    """Return whether a heading is the name of the site.

    It is one of the known names, or stands beside the headline in the `title` of the page.
    """
    key = fold(heading)
    if key in names.sites:
        return key not in map(fold, titles)
    if count(heading) > _MAX_LOGO or key in map(fold, titles):
        return False
    whole = fold(tag)
    beside = whole.removesuffix(key) if whole.endswith(key) else whole.removeprefix(key)
    is_apart = heading in split_title(tag)[0] or whole.startswith(key)
    return beside != whole and is_apart and beside in map(fold, titles)


def _find_heading(
    headings: Sequence[str], titles: Sequence[str], uncut: Sequence[str], names: SiteNames
) -> str:
    """Return the heading that is the headline, or an empty string."""
    best, best_score = "", 0.0
    for heading in headings:
        score = max((_similarity(heading, title) for title in titles), default=0.0)
        # Titles may contain the name of the site: of two equally similar headings the longer
        # one is the headline.
        if score > best_score + 0.01 or (score > best_score - 0.01 and len(heading) > len(best)):
            best, best_score = heading, score
    if not best:
        return ""
    same = [title for title in titles if fold(title) == fold(best)]
    if same and (best.isupper() or best[0].islower()):  # which may come from the style sheet
        return Counter(same).most_common(1)[0][0]
    if same and (fewest := min(same, key=count)) and count(fewest) < count(best):
        return fewest  # an element within a word of the heading splits it
    is_stated = bool(same) or fold(best) in map(fold, uncut)
    if not is_stated and (title := _without_kicker(best, titles)):
        return title
    is_only, is_long = len(headings) == 1, count(best) >= _MIN_HEADLINE
    is_agreed = Counter(map(fold, titles)).most_common(1)[0][1] > 1 if titles else False
    is_headline = (
        is_stated
        or best_score >= _MIN_SIMILARITY
        or (is_only and best_score >= _MIN_ONLY and (is_long or not is_agreed))
        or (is_only and is_long and not is_agreed)
    )
    return _cut_tail(best, names) if is_headline else ""


def _without_kicker(heading: str, titles: Sequence[str]) -> str:
    """Return the title with which a heading ends after a few other words, or an empty string."""
    words = heading.split()
    for title in sorted(titles, key=len, reverse=True):
        own = [fold(word) for word in title.split()]
        extra = len(words) - len(own)
        if len(own) < _MIN_HEADLINE - 1 or not 0 < extra <= _MAX_KICKER:
            continue
        if _is_kicker(words[:extra]) and [fold(word) for word in words[extra:]] == own:
            return title
    return ""


def _is_kicker(words: Sequence[str]) -> bool:
    """Return whether words are a label or a date, and not an article or a number."""
    text = "".join(words)
    letters = sum(map(str.isalpha, text))
    has_digits = any(map(str.isdigit, text))
    return letters > len("the") or text.endswith(":") or (letters > 0 and has_digits)


def _cut_tail(heading: str, names: SiteNames) -> str:
    """Remove what follows the last bar of a heading, as in the titles of pages."""
    parts, separators = split_title(heading)
    is_barred = bool(separators) and separators[-1] == "|" and count(parts[0]) >= _MIN_HEADLINE
    return cut_site(heading, names, guess=is_barred)


def _completed(title: str, titles: Sequence[str]) -> str:
    """Return the longest title that begins with one that was cut off, else that one."""
    key = fold(title)
    is_cut = title.endswith(_CUT_OFF) or title.count("(") > title.count(")")
    longer = [other for other in titles if fold(other).startswith(key)] if is_cut else []
    return max([title, *longer], key=len)


def _similarity(heading: str, title: str) -> float:
    """Return the Dice similarity of the words of a heading and a title; 2 if both are equal.

    A title is also compared part by part, as it may contain the name of the site.
    """
    if fold(heading) and fold(heading) == fold(title):
        return 2.0
    a, b = set(_folded_words(heading)), set(_folded_words(title))
    parts = [set(_folded_words(part)) for part in split_title(title)[0]]
    return max((2 * len(a & x) / (len(a) + len(x)) for x in [b, *parts] if a and x), default=0.0)


def _folded_words(text: str) -> list[str]:
    return [word for part in text.split() if (word := fold(part))]
