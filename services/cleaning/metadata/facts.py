"""Find the further facts that a page states: description, keywords, section path, genre."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Sequence
from functools import cache

from schemas.article import FactSource, Genre, GenreKind, StatedText, StatedTexts
from services.cleaning.metadata.json_ld_values import split_keywords, strip_tags
from services.cleaning.metadata.page_metadata import PageMetadata
from services.cleaning.text.line_style import fold
from services.cleaning.text.unicode_repair import collapse_space, repair
from services.languages.registry import languages, words_of_all_languages

_MAX_DESCRIPTION, _MIN_DESCRIPTION = 5000, 20
_MAX_PART, _MAX_PATH = 100, 8
_PATH = re.compile(r"\s*(?:>|»|\u203a|/|::)\s*")
_KEYWORD_NAMES = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "dc.subject")
_SECTION_NAMES = ("article:section", "parsely-section", "section", "cxenseparse:section")
_GENRE_NAMES = ("genre", "article:genre", "article.type", "article:type", "article_type")
_HOME = words_of_all_languages(lambda one: one.home_labels)
_GENRE_OF_TYPE = {
    "opinionnewsarticle": GenreKind.OPINION,
    "analysisnewsarticle": GenreKind.ANALYSIS,
    "liveblogposting": GenreKind.LIVE_BLOG,
    "reviewnewsarticle": GenreKind.REVIEW,
    "criticreview": GenreKind.REVIEW,
    "review": GenreKind.REVIEW,
}
"""Types of schema.org that state a genre."""


def find_description(page: PageMetadata) -> StatedText | None:
    """Return the summary that the page gives, or None."""
    stated = (
        (page.ld.description, FactSource.JSON_LD),
        (page.meta.get("og:description"), FactSource.OPEN_GRAPH),
        (page.meta.get("description"), FactSource.META),
        (page.meta.get("twitter:description"), FactSource.META),
        (page.meta.get("dc.description"), FactSource.META),
    )
    for value, origin in stated:
        text = _plain(value or "")
        if len(text) >= _MIN_DESCRIPTION:
            return StatedText(value=text[:_MAX_DESCRIPTION], origin=origin)
    return None


def find_keywords(page: PageMetadata) -> StatedTexts | None:
    """Return the keywords that the page gives, or None."""
    if page.ld.keywords:
        return _texts(page.ld.keywords, FactSource.JSON_LD)
    for name in _KEYWORD_NAMES:
        if found := split_keywords(page.meta.get(name, "")):
            return _texts(found, FactSource.META)
    if tags := page.all_values("article:tag"):
        return _texts([word for tag in tags for word in split_keywords(tag)], FactSource.OPEN_GRAPH)
    links = page.elements.tag_links[:_MAX_PART]
    words = [collapse_space(node.text()) for node in links if not page.region.foreign_reason(node)]
    return _texts([word for word in words if 1 < len(word) <= _MAX_PART], FactSource.PAGE)


def find_section_path(page: PageMetadata, title: str) -> StatedTexts | None:
    """Return the section as a path from the top, without the home page and the headline."""
    crumbs = _path(page.ld.breadcrumbs, page, title)
    if crumbs:
        return _texts(crumbs, FactSource.JSON_LD)
    written = [
        (page.ld.sections, FactSource.JSON_LD),
        *((tuple(page.all_values(name)[:1]), _origin(name)) for name in _SECTION_NAMES),
    ]
    for values, origin in written:
        parts = [part for value in values[:_MAX_PATH] for part in _PATH.split(_plain(value))]
        if path := _path(parts, page, title):
            return _texts(path, origin)
    trail = page.tree.css_first(
        '[class*="breadcrumb"], [aria-label*="readcrumb"], [itemtype*="BreadcrumbList"]'
    )
    shown = trail.css("a")[:_MAX_PATH] if trail is not None else []
    return _texts(_path([node.text() for node in shown], page, title), FactSource.PAGE)


def find_genre(page: PageMetadata, path: StatedTexts | None) -> Genre | None:
    """Return the genre that the page states by its type, its metadata or its section."""
    for name in page.ld.types:
        kind = _GENRE_OF_TYPE.get(re.split(r"[/#:]", name.lower())[-1])  # it may be a URL
        if page.ld.is_article and kind:
            return Genre(value=kind, origin=FactSource.JSON_LD)
    stated: list[tuple[Sequence[str], FactSource]] = [
        (page.ld.genres, FactSource.JSON_LD),
        *((page.all_values(name), FactSource.META) for name in _GENRE_NAMES),
        (path.values if path else (), path.origin if path else FactSource.PAGE),
    ]
    for values, origin in stated:
        for value in values:
            if kind := _genre_words().get(_plain(value).lower()):
                return Genre(value=kind, origin=origin)
    return None


@cache
def _genre_words() -> dict[str, GenreKind]:
    return {
        word: GenreKind(genre)
        for language in reversed(list(languages().values()))
        for genre, words in language.genre_words.items()
        for word in words
    }


def _path(parts: Sequence[str], page: PageMetadata, title: str) -> list[str]:
    """Return the parts of a path that are sections."""
    outlet, headline = fold(page.site_name or ""), fold(title)
    found: list[str] = []
    for part in parts:
        text = _plain(part)
        folded = fold(text)
        usable = folded and len(text) <= _MAX_PART and text.lower() not in _HOME
        if usable and folded not in (outlet, headline) and text not in found:
            found.append(text)
    return found[:_MAX_PATH]


def _origin(name: str) -> FactSource:
    return FactSource.OPEN_GRAPH if name.startswith("article:") else FactSource.META


def _texts(values: Sequence[str], origin: FactSource) -> StatedTexts | None:
    kept = list(dict.fromkeys(repair(value)[:_MAX_PART] for value in values))[:50]
    return StatedTexts(values=kept, origin=origin) if kept else None


def _plain(text: str) -> str:
    """Return a text without markup and entities, which may be escaped twice."""
    unescaped = html_entities.unescape(html_entities.unescape(text[: 2 * _MAX_DESCRIPTION]))
    return collapse_space(repair(strip_tags(unescaped)))
