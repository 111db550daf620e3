"""Read what a page states about its article in JSON-LD (schema.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.cleaning.metadata.json_ld_nodes import Node, by_id, parse, walk
from services.cleaning.metadata.json_ld_values import (
    ImageValue,
    Person,
    VideoValue,
    breadcrumbs,
    flag,
    images,
    keywords,
    people,
    resolve,
    strip_tags,
    text,
    texts,
    videos,
)
from services.cleaning.metadata.own_node import PageIdentity, choose_article, choose_page

_MAX_SCRIPT_LENGTH = 2_000_000


@dataclass(frozen=True, slots=True)
class LinkedData:
    """Fields of the page's own node; None or empty where it does not have them."""

    headline: str | None = None
    body: str = ""
    published: str | None = None
    created: str | None = None
    """`dateCreated`, or the publication date of the page's node where the article has none."""
    modified: str | None = None
    people: tuple[Person, ...] = ()
    publisher: str | None = None
    free: bool | None = None
    language: str | None = None
    is_article: bool = False
    types: tuple[str, ...] = ()
    """Types of the node, such as `OpinionNewsArticle`."""
    genres: tuple[str, ...] = ()
    description: str | None = None
    keywords: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    breadcrumbs: tuple[str, ...] = ()
    """Names of the breadcrumbs, from the home page down."""
    images: tuple[ImageValue, ...] = ()
    videos: tuple[VideoValue, ...] = ()

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of the authors, whatever they are."""
        return tuple(person.name for person in self.people)

    @property
    def section(self) -> str | None:
        """The first section of the article."""
        return self.sections[0] if self.sections else None


def read_linked_data(scripts: Iterable[str], identity: PageIdentity | None = None) -> LinkedData:
    """Read the page's own node in the JSON-LD scripts of a page; invalid scripts are ignored.

    `identity` tells which of several articles is the page's own.
    """
    nodes: list[Node] = []
    for script in scripts:
        if len(script) <= _MAX_SCRIPT_LENGTH:
            nodes.extend(walk(parse(script)))
    if not nodes:
        return LinkedData()
    identity = identity or PageIdentity()
    index = by_id(nodes)
    article, page = choose_article(nodes, identity), choose_page(nodes, identity)
    crumbs = breadcrumbs([node.data for node in nodes], index)
    if article is None and page is None:
        return LinkedData(breadcrumbs=crumbs)
    return _fields(article, page or {}, index, crumbs)


def _fields(
    article: Mapping[str, Any] | None,
    page: Mapping[str, Any],
    index: Mapping[str, Mapping[str, Any]],
    crumbs: tuple[str, ...],
) -> LinkedData:
    node = page if article is None else article
    publisher = resolve(node.get("publisher"), index)
    kinds = node.get("@type")
    logos = {logo.url for logo in images((publisher or {}).get("logo"), index)}
    pictures = (
        images(node.get("image"), index)
        + images(node.get("thumbnailUrl"), index)
        + images(page.get("primaryImageOfPage"), index)
    )
    return LinkedData(
        headline=text(node.get("headline")) or text(node.get("name")),
        body=strip_tags(text(node.get("articleBody")) or text(node.get("text")) or ""),
        published=_date(node.get("datePublished")),
        created=_date(node.get("dateCreated")) or _date(page.get("datePublished")),
        modified=_date(node.get("dateModified")) or _date(page.get("dateModified")),
        people=people(node.get("author") or node.get("creator"), index),
        publisher=text(publisher.get("name")) if publisher else None,
        free=flag(node.get("isAccessibleForFree")),
        language=text(node.get("inLanguage")),
        is_article=article is not None,
        types=tuple(map(str, kinds[:5])) if isinstance(kinds, list) else (str(kinds or ""),),
        genres=texts(node.get("genre")),
        description=text(node.get("description")),
        keywords=keywords(node.get("keywords")),
        sections=texts(node.get("articleSection")),
        breadcrumbs=crumbs,
        images=tuple(picture for picture in pictures if picture.url not in logos),
        videos=videos(node.get("video"), index),
    )


_NUMBER = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")


def _date(value: Any) -> str | None:
    """Return the text of a date, which may be a number of seconds."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = str(value)
        return number if _NUMBER.fullmatch(number) else None
    return text(value)
