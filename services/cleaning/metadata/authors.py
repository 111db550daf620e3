"""Find the authors of an article in the metadata and the byline of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from services.cleaning.metadata.page_metadata import PageMetadata
from services.cleaning.text.unicode_repair import collapse_space, repair
from services.languages.registry import languages

_MAX_AUTHORS = 50
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
                 "dcterms.creator", "byl", "citation_author", "cxenseparse:author")  # fmt: skip

_PREFIXES = [p for language in languages().values() for p in language.byline_prefixes]
_SUFFIXES = [p for language in languages().values() for p in language.byline_suffixes]
_CONJUNCTIONS = [word for language in languages().values() for word in language.author_conjunctions]

_BYLINE_PREFIX = re.compile(rf"^(?:{'|'.join(_PREFIXES)})", re.IGNORECASE)
_BYLINE_SUFFIX = re.compile(rf"\s(?:[|•·\u2013\u2014-]\s.*|{'|'.join(_SUFFIXES)})$", re.IGNORECASE)
_SPLIT_AUTHORS = re.compile(
    rf"\s*(?:,|;|&|{'|'.join(rf'\b{word}\b' for word in _CONJUNCTIONS)})\s*", re.IGNORECASE
)
_NO_NAME = re.compile(r"https?:|www\.|@|\.com\b|\d{3}|\||\{|<")


def find_authors(page: PageMetadata, stated: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of the authors, at most 50.

    They come from the first source with a name: the feed (`stated`), JSON-LD, `meta`, byline.
    """
    for values in _candidates(page, stated):
        names: list[str] = []
        for value in values:
            for name in _SPLIT_AUTHORS.split(_strip_byline(value)):
                if _is_name(name) and name not in names:
                    names.append(name)
        if names:
            return tuple(names[:_MAX_AUTHORS])
    return ()


def _candidates(page: PageMetadata, stated: Sequence[str]) -> Iterable[Sequence[str]]:
    """Yield what may name authors, the most trusted source first; later ones are read lazily."""
    yield stated
    yield page.ld.authors
    yield [value for name in _AUTHOR_NAMES if (value := page.meta.get(name))]
    yield page.bylines[:3]


def _strip_byline(value: str) -> str:
    return _BYLINE_SUFFIX.sub("", _BYLINE_PREFIX.sub("", collapse_space(repair(value[:400]))))


def _is_name(text: str) -> bool:
    return 2 < len(text) <= 80 and len(text.split()) <= 7 and not _NO_NAME.search(text)  # noqa: PLR2004
