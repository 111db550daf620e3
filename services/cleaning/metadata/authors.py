"""Find the authors of an article in the metadata and the byline of its page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.cleaning.dates.context import DateContext
from services.cleaning.dates.patterns import YEAR
from services.cleaning.metadata.author_names import (
    NameRules,
    first_names,
    has_prefix,
    read_names,
    read_organisation,
    without_dates,
)
from services.cleaning.metadata.name_cleanup import is_outlet, is_role, without_roles
from services.cleaning.metadata.near_title import PageLines
from services.cleaning.metadata.page_metadata import Byline, PageMetadata
from services.cleaning.text.line_style import fold

_MAX_AUTHORS = 50
_MAX_BYLINE = 120
_NAME_AND_ROLE = re.compile(
    r"([A-ZÀ-Þ][\w'’.-]{0,20}(?:\s[A-ZÀ-Þ][\w'’.-]{0,20}){1,3})(?:,|\s[|•·–—])\s"  # noqa: RUF001
    r"([^\W\d_]{2,15}(?:\s[^\W\d_]{2,15}){0,4})(?:\s?[|•·–—].{0,60})?"  # noqa: RUF001
)
"""A whole name, and up to five words after it."""
_AUTHOR_NAMES = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator",
                 "dcterms.creator", "byl", "citation_author", "cxenseparse:author",
                 "article:author_name", "authors", "author_name", "og:article:author", "og:author",
                 "creator")  # fmt: skip


def find_authors(
    page: PageMetadata, lines: PageLines | None = None, context: DateContext | None = None
) -> tuple[str, ...]:
    """Return the names of the authors, at most 50.

    They come from the first source that names a person: JSON-LD, `meta`, marked bylines, a line
    near the headline that begins as a byline. An organisation that JSON-LD names comes last, and
    the outlet itself never.
    """
    rules = NameRules(
        language=(page.language or "").partition("-")[0].lower() or None,
        outlets=outlet_names(page),
        context=context,
    )
    stated = _stated(page, rules)
    if any(" " in name for name in stated):
        names = _completed(lines, stated, rules)
    else:  # nobody, or handles and single names
        shown = _shown(page, lines, rules)
        names = shown if not stated or any(" " in name for name in shown) else stated
    return tuple((names or _last_resort(page, rules))[:_MAX_AUTHORS])


def find_byline_authors(lines: Sequence[str], context: DateContext) -> tuple[str, ...]:
    """Return the names in the first line that begins as a byline, of a text without markup."""
    rules = NameRules(language=context.language, context=context)
    return tuple(_of_lines(lines, rules)[:_MAX_AUTHORS])


def _stated(page: PageMetadata, rules: NameRules) -> list[str]:
    """Return the people whom the metadata names."""
    people = [person.name for person in page.ld.people if not person.is_organisation]
    for values in (people, *(page.all_values(name) for name in _AUTHOR_NAMES)):
        if names := first_names(values, rules):
            return names
    label = page.meta.get("twitter:label1", "")  # "Written by", in the language of the page
    if has_prefix(f"{label} ", rules.language):
        return first_names(page.all_values("twitter:data1"), rules)
    return []


def _shown(page: PageMetadata, lines: PageLines | None, rules: NameRules) -> list[str]:
    """Return the names in the bylines that the page shows."""
    if names := _marked(page.bylines, rules):
        return names
    near = [line.text for line in lines.near if line.foreign is None] if lines else []
    if names := _of_lines(near, rules) or _with_role(near):
        return names
    return _of_lines([line.text for line in lines.far if not line.foreign] if lines else [], rules)


def _marked(bylines: Sequence[Byline], rules: NameRules) -> list[str]:
    """Return the names in marked bylines; those beside the article count if no others do."""
    for aside in (False, True):
        own = [one for one in bylines if one.aside is aside]
        whole = _of_bylines([one for one in own if not one.exact], rules)
        exact = _of_bylines([one for one in own if one.exact], rules)
        if names := whole if set(exact) <= set(whole) else exact:
            return names
    return []


def _completed(lines: PageLines | None, stated: list[str], rules: NameRules) -> list[str]:
    """Return the names of a byline that names all whom the metadata states and more, else those."""
    for line in lines.containing(stated[0]) if lines else ():
        if has_prefix(line.text, rules.language):
            names = read_names(line.text, rules)
            if len(names) > len(stated) and set(stated) <= set(names):
                return names
    return stated


def _of_bylines(bylines: Sequence[Byline], rules: NameRules) -> list[str]:
    """Return the names of the first byline that has any, and of those beside it."""
    names: list[str] = []
    groups: frozenset[int] = frozenset()
    for byline in bylines:
        if names and not groups & byline.groups:
            continue
        found = [name for name in read_names(byline.text, rules) if name not in names]
        if found and not names:
            groups = byline.groups
            names = found
        elif all(_looks_whole(name) for name in found):
            names += [name for name in found if not any(name in known for known in names)]
    return names


def _of_lines(lines: Sequence[str], rules: NameRules) -> list[str]:
    """Return the names in the first line that begins as a byline does, after a date if need be."""
    for written in lines:
        if len(written) > _MAX_BYLINE:
            continue
        line = written
        if written[-1:].isalpha() and YEAR.search(written):
            line = without_dates(written, rules).lstrip(" |·•,-\u2013\u2014")
        if has_prefix(line, rules.language):
            names = read_names(line, rules)
            if names and all(_looks_whole(name) for name in names):
                return names
    return []


def _with_role(lines: Sequence[str]) -> list[str]:
    """Return the name in the first line that is a name and a role ("Ida Falk | Senior Writer")."""
    for line in lines:
        found = _NAME_AND_ROLE.fullmatch(line)
        if found and is_role(found[2]) and not is_role(found[1]):
            return [found[1]]
    return []


def _last_resort(page: PageMetadata, rules: NameRules) -> list[str]:
    """Return whom JSON-LD calls a person although it has the outlet's name; else organisations.

    Such a person is the owner of the site or its team, and no person if the name is that of a
    newspaper or an agency, or no more than a role.
    """
    anyone = NameRules(rules.language, frozenset(), rules.context)
    for person in page.ld.people:
        named = [] if person.is_organisation else read_organisation(person.name, anyone)
        is_outlet_itself = is_outlet(person.name) and fold(person.name) in rules.outlets
        bare = without_roles(person.name)
        is_role = not bare or (bare != person.name and fold(bare) in rules.outlets)
        if named and person.is_person and not is_outlet_itself and not is_role:
            return named
    return [
        name
        for person in page.ld.people
        if person.is_organisation
        for name in read_organisation(person.name, rules)
    ]


def _looks_whole(name: str) -> bool:
    """Return whether a name in running text has at least two parts with capital letters."""
    pieces = [piece for piece in name.split() if not piece[:1].islower()]
    return len(pieces) > 1 or not name.isascii()


def outlet_names(page: PageMetadata) -> frozenset[str]:
    """Return the folded names of the site and its publisher."""
    names = {page.site_name or "", page.ld.publisher or "", page.meta.get("og:site_name", "")}
    folded = {fold(name) for name in names}
    without_article = {fold(name[4:]) for name in names if name.lower().startswith("the ")}
    return frozenset((folded | without_article) - {""})
