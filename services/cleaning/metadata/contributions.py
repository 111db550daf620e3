"""Find who made the pictures of an article, or edited it, as its byline says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from schemas.article import Contribution, ContributionKind
from services.cleaning.dates.context import DateContext
from services.cleaning.metadata.author_names import NameRules, has_prefix, read_names
from services.cleaning.metadata.authors import outlet_names
from services.cleaning.metadata.near_title import PageLine, PageLines
from services.cleaning.metadata.page_metadata import PageMetadata
from services.languages.registry import languages

_MAX_BYLINE, _MAX_CONTRIBUTIONS, _MAX_NAME = 200, 20, 300
_NAMES_OF_META = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator")


def find_contributions(
    page: PageMetadata, lines: PageLines, context: DateContext
) -> tuple[Contribution, ...]:
    """Return whom the metadata or a byline of the page credits with something else than the text.

    Marked bylines are read only where the metadata names no author, because reading them takes a
    search of the page.
    """
    stated = [person.name for person in page.ld.people]
    stated += [value for name in _NAMES_OF_META for value in page.all_values(name)]
    shown = [] if stated else [byline.text for byline in page.bylines]
    language = (page.language or "").partition("-")[0].lower() or None
    near = _bylines(lines.near, language) if lines.have_byline else []
    labelled = [text for text in (*stated, *shown, *near) if _labels(language).search(text)]
    if not labelled:
        return ()
    return _read_all(labelled, NameRules(language, outlet_names(page), context))


def find_text_contributions(
    lines: Sequence[PageLine], context: DateContext
) -> tuple[Contribution, ...]:
    """Return whom a byline among the lines of a text credits with something else than the text."""
    rules = NameRules(context.language, context=context)
    return _read_all(_bylines(lines, context.language), rules)


def _bylines(lines: Iterable[PageLine], language: str | None) -> list[str]:
    return [
        line.text
        for line in lines
        if line.foreign is None
        and len(line.text) <= _MAX_BYLINE
        and has_prefix(line.text, language)
    ]


def _read_all(written: Iterable[str], rules: NameRules) -> tuple[Contribution, ...]:
    found = dict.fromkeys(one for text in written for one in _read(text[:_MAX_BYLINE], rules))
    return tuple(
        Contribution(name=name[:_MAX_NAME], kind=kind)
        for name, kind in list(found)[:_MAX_CONTRIBUTIONS]
    )


def _read(written: str, rules: NameRules) -> list[tuple[str, ContributionKind]]:
    """Return the names that follow labels such as "photographs by", up to the next label."""
    pattern = _labels(rules.language)
    labels = list(pattern.finditer(written))
    if not labels:
        return []
    ends = [label.start() for label in labels[1:]] + [len(written)]
    return [
        (name, ContributionKind(label.lastgroup or ""))
        for label, end in zip(labels, ends, strict=True)
        if label.lastgroup != "text"
        for name in read_names(_ENDS.split(written[label.end() : end])[0], rules)
    ]


_ENDS = re.compile(r"[;|·•●\n]|\.\s|\s[\u2013\u2014-]\s")


@cache
def _labels(language: str | None) -> re.Pattern[str]:
    """Return the pattern of labels in a language and in English, with a group for each kind."""
    pictures, helpers, prefixes = _words(language)
    return re.compile(
        rf"(?<!\w)(?:(?P<pictures>{pictures})|(?P<editing>{helpers})|(?P<text>{prefixes}))\s?",
        re.IGNORECASE,
    )


def _words(language: str | None) -> tuple[str, str, str]:
    """Return the patterns of labels before makers of pictures, editors and writers."""
    known = languages()
    chosen = [known[code] for code in ("en", language) if code and code in known]

    def alternatives(words: Iterable[str]) -> str:
        return "|".join(sorted(set(words), key=len, reverse=True)) or "(?!)"

    pictures = alternatives(word for one in chosen for word in one.picture_labels)
    return (
        rf"(?:{pictures})\s?(?:[:/]|(?:by|von|de|par|di|av|af|por|door)\s)",
        f"(?:{alternatives(word for one in chosen for word in one.helper_labels)})",
        alternatives(word for one in chosen for word in one.byline_prefixes),
    )
