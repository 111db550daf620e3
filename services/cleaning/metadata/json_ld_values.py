"""Read single values of JSON-LD: texts, people, images, videos, keywords, breadcrumbs."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")
_MAX_ITEMS = 50
_MAX_NESTING = 4
_INNER = ("@list", "@set", "author", "creator")
"""Keys under which an object without a name holds those that have one."""

Index = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named as an author."""

    name: str
    is_organisation: bool = False
    """Whether the page calls it an organisation."""
    is_person: bool = False
    """Whether the page calls it a person."""


@dataclass(frozen=True, slots=True)
class ImageValue:
    """An image as it is stated."""

    url: str
    alt: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class VideoValue:
    """A video as it is stated: its file or the page of its player."""

    url: str


def text(value: Any) -> str | None:
    """Return a text without entities and with single spaces; the first one of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return " ".join(html_entities.unescape(value).split()) or None


def texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, or the single one, at most 50."""
    items = value if isinstance(value, list) else [value]
    return tuple(found for item in items[:_MAX_ITEMS] if (found := text(item)))


def strip_tags(body: str) -> str:
    """Return a text without tags."""
    return _TAGS.sub(" ", body) if "<" in body else body


def flag(value: Any) -> bool | None:
    """Return a truth value, however it is written; None if it is none."""
    if isinstance(value, bool):
        return value
    written = str(value).strip().lower().rpartition("/")[2]
    return {"true": True, "false": False}.get(written)


def resolve(value: Any, index: Index) -> Mapping[str, Any] | None:
    """Return the object that a value is or refers to by `@id`; a text is the name of one."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        known = index.get(value["@id"]) if isinstance(value.get("@id"), str) else None
        if known is not None and ("@type" not in value or "name" not in value):
            return known
        return value
    return {"name": value} if isinstance(value, str) else None


def people(value: Any, index: Index) -> tuple[Person, ...]:
    """Return the people or organisations that a value names, at most 50, without repetition."""
    return tuple(dict.fromkeys(_people(value, index, 0)))[:_MAX_ITEMS]


def _people(value: Any, index: Index, nesting: int) -> Iterator[Person]:
    if isinstance(value, list):
        for item in value[:_MAX_ITEMS] if nesting < _MAX_NESTING else ():
            yield from _people(item, index, nesting + 1)
        return
    person = resolve(value, index)
    if person is None:
        return
    names = person.get("name")
    if isinstance(names, dict):
        names = names.get("@value") or names
    # A list of JSON-LD, or a `Role` that stands between the article and its author.
    inner = next((person[key] for key in _INNER if not names and key in person), None)
    if isinstance(names, (list, dict)) or inner is not None:
        if nesting < _MAX_NESTING:
            yield from _people(names if inner is None else inner, index, nesting + 1)
        return
    parts = [text(person.get(key)) for key in ("givenName", "additionalName", "familyName")]
    name = text(names) or " ".join(part for part in parts if part)
    if name:
        kind = str(person.get("@type") or "").lower()
        is_person = "person" in kind
        yield Person(strip_tags(name), not is_person and _is_organisation(kind), is_person)


def _is_organisation(kind: str) -> bool:
    return any(word in kind for word in ("organization", "corporation", "brand", "website"))


def images(value: Any, index: Index) -> tuple[ImageValue, ...]:
    """Return the images that a value states: addresses, objects or references to them."""
    found = []
    for item in (value if isinstance(value, list) else [value])[:_MAX_ITEMS]:
        image = resolve(item, index) if isinstance(item, dict) else item
        if isinstance(image, str):
            found.append(ImageValue(image))
        elif isinstance(image, Mapping):
            url = text(image.get("url")) or text(image.get("contentUrl")) or text(image.get("@id"))
            if url:
                alt = text(image.get("caption")) or text(image.get("description"))
                width, height = number(image.get("width")), number(image.get("height"))
                found.append(ImageValue(url, alt, width, height))
    return tuple(found)


def videos(value: Any, index: Index) -> tuple[VideoValue, ...]:
    """Return the videos that a value states."""
    found = []
    for item in (value if isinstance(value, list) else [value])[:_MAX_ITEMS]:
        video = resolve(item, index) if isinstance(item, dict) else None
        if video is not None:
            keys = ("contentUrl", "embedUrl", "url")
            url = next((url for key in keys if (url := text(video.get(key)))), None)
            if url:
                found.append(VideoValue(url))
    return tuple(found)


def number(value: Any) -> int | None:
    """Return a positive whole number, also one written as `1200px` or as a quantity."""
    if isinstance(value, dict):
        value = value.get("value")
    match = re.match(r"\s{0,5}(\d{1,5})(?:\.\d+)?\s?(?:px)?\s{0,5}$", str(value or ""))
    return int(match.group(1)) or None if match else None


def keywords(value: Any) -> tuple[str, ...]:
    """Return keywords: a list, or a text with commas between them."""
    if isinstance(value, str):
        return split_keywords(value)
    items = value if isinstance(value, list) else []
    found = [word for item in items[:_MAX_ITEMS] for word in split_keywords(text(item) or "")]
    return tuple(dict.fromkeys(found))[:_MAX_ITEMS]


def split_keywords(written: str) -> tuple[str, ...]:
    """Return the keywords of a text, separated by commas or semicolons, without repetition."""
    parts = re.split(r"[,;|\u3001\uff0c\uff1b\u060c\u061b]", html_entities.unescape(written[:5000]))
    words = (" ".join(part.split()) for part in parts)
    kept = (word for word in words if len(word) <= 100 and (len(word) > 1 or not word.isascii()))  # noqa: PLR2004 - longer is a sentence
    return tuple(dict.fromkeys(word for word in kept if word))[:_MAX_ITEMS]


def breadcrumbs(nodes: Sequence[Mapping[str, Any]], index: Index) -> tuple[str, ...]:
    """Return the names of the first list of breadcrumbs, in the order of their positions."""
    for node in nodes:
        if "BreadcrumbList" not in str(node.get("@type")):
            continue
        items = node.get("itemListElement")
        named: list[tuple[int, str]] = []
        for place, item in enumerate((items if isinstance(items, list) else [])[:_MAX_ITEMS]):
            if isinstance(item, dict):
                inner = item.get("item")
                target = resolve(inner, index) if isinstance(inner, dict) else None
                name = text(item.get("name")) or (text(target.get("name")) if target else None)
                if name:
                    named.append((number(item.get("position")) or place, name))
        return tuple(name for _, name in sorted(named, key=lambda one: one[0]))
    return ()
