"""What a page says of itself in JSON-LD (schema.org), as far as it concerns articles."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

_LONGEST = 2_000_000
_MOST_NODES = 2000
_DEEPEST = 12
_ARTICLE = re.compile(
    r"article|blogposting|newsarticle|report(?!ing)|review|liveblog", re.IGNORECASE
)
_LOOSE_BREAKS = re.compile(r"[\r\n\t]")
_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """Fields of the article node; None or empty if they are missing."""

    headline: str | None = None
    body: str = ""
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    section: str | None = None
    free: bool | None = None
    language: str | None = None
    is_article: bool = False


def read_linked_data(scripts: Iterable[str]) -> LinkedData:
    """Read the article node from a page's JSON-LD scripts; invalid scripts are ignored."""
    nodes: list[Mapping[str, Any]] = []
    for script in scripts:
        if len(script) <= _LONGEST:
            nodes.extend(_nodes(_loads(script)))
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    articles = [node for node in nodes if _ARTICLE.search(_types(node))]
    for node in articles or [n for n in nodes if "webpage" in _types(n).lower()]:
        publisher = _resolved(node.get("publisher"), by_id)
        return LinkedData(
            headline=_text(node.get("headline")) or _text(node.get("name")),
            body=_plain(_text(node.get("articleBody")) or _text(node.get("text")) or ""),
            published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
            modified=_text(node.get("dateModified")),
            authors=tuple(_people(node.get("author") or node.get("creator"), by_id)),
            publisher=_text(publisher.get("name")) if publisher else None,
            section=_text(node.get("articleSection")),
            free=_flag(node.get("isAccessibleForFree")),
            language=_text(node.get("inLanguage")),
            is_article=bool(articles),
        )
    return LinkedData()


def _loads(script: str) -> Any:
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>")
    text = text.removesuffix("]]>")
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    for attempt in (text, _LOOSE_BREAKS.sub(" ", text)):  # strings broken over lines, and worse
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Yield all objects, outermost first, down to the depth at which articles are found."""
    queue: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while queue and seen < _MOST_NODES:
        item, depth = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            inner = list(item.values())
        elif isinstance(item, list):
            inner = item
        else:
            continue
        if depth < _DEEPEST:
            queue.extend((x, depth + 1) for x in inner[:500] if isinstance(x, (dict, list)))


def _types(node: Mapping[str, Any]) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind[:5])) if isinstance(kind, list) else str(kind or "")


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        if "name" not in value and isinstance(value.get("@id"), str):
            return by_id.get(value["@id"], value)
        return value
    return {"name": value} if isinstance(value, str) else None


def _people(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:50]:
        person = _resolved(item, by_id)
        names = person.get("name") if person else None
        for name in names if isinstance(names, list) else [names]:
            if text := _text(name):
                yield text


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return " ".join(entities.unescape(value).split()) or None


def _plain(text: str) -> str:
    return _TAGS.sub(" ", text) if "<" in text else text


def _flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    said = str(value).strip().lower().rpartition("/")[2]
    return {"true": True, "false": False}.get(said)
