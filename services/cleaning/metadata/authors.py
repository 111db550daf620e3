"""The authors that a page names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from services.cleaning.metadata.page_metadata import Metadata
from services.cleaning.text.unicode_repair import fold_space, repair
from services.languages.registry import languages

_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
           "dcterms.creator", "byl", "citation_author", "cxenseparse:author")  # fmt: skip
_PREPOSITIONS = "|".join(
    word for language in languages().values() for word in language.byline_prepositions
)
_BY = re.compile(
    r"^(?:(?:written|posted|words|reported|story)\s)?by[:\s]\s*" rf"|^(?:{_PREPOSITIONS})\s",
    re.IGNORECASE,
)
_BY_END = re.compile(
    r"\s(?:[|•·\u2013\u2014-]\s.*|on\s\w+\s\d.*|(?:published|updated|posted)\b.*)$",
    re.IGNORECASE,
)
_SPLIT_AUTHORS = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_CLEAN_NAME = re.compile(r"https?:|www\.|@|\.com\b|\d{3}|\||\{|<")


def authors_of(page: Metadata, stated: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the authors, at most 50.

    The feed's come first, else JSON-LD's, else meta's, else the byline's.
    """
    for found in _authors_stated(page, stated):
        names: list[str] = []
        for value in found:
            for name in _SPLIT_AUTHORS.split(_byline_name(value)):
                if _is_name(name) and name not in names:
                    names.append(name)
        if names:
            return tuple(names[:50])
    return ()


def _authors_stated(page: Metadata, stated: Sequence[str]) -> Iterable[Sequence[str]]:
    """Yield the sources of author names, the most trusted first."""
    yield stated
    yield page.ld.authors
    yield [value for name in _AUTHOR if (value := page.meta.get(name))]
    yield page.bylines[:3]


def _byline_name(value: str) -> str:
    return _BY_END.sub("", _BY.sub("", fold_space(repair(value[:400]))))


def _is_name(text: str) -> bool:
    return 2 < len(text) <= 80 and len(text.split()) <= 7 and not _CLEAN_NAME.search(text)  # noqa: PLR2004
