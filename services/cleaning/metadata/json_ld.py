"""Read what a page states about its article in JSON-LD (schema.org)."""

from __future__ import annotations

import html as html_entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

_MAX_SCRIPT_LENGTH = 2_000_000
_MAX_NODES = 2000
_MAX_DEPTH = 12
_ARTICLE = re.compile(
    r"article|blogposting|newsarticle|report(?!ing)|review|liveblog", re.IGNORECASE
)
_LINE_BREAKS = re.compile(r"[\r\n\t]")
_TAGS = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """Fields of the article node; None or empty where it does not have them."""

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
    """Read the article node in the JSON-LD scripts of a page; invalid scripts are ignored."""
    nodes: list[Mapping[str, Any]] = []
    for script in scripts:
        if len(script) <= _MAX_SCRIPT_LENGTH:
            nodes.extend(_nodes(_parse(script)))
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    articles = [node for node in nodes if _ARTICLE.search(_types(node))]
    for node in articles or [n for n in nodes if "webpage" in _types(n).lower()]:
        publisher = _resolve(node.get("publisher"), by_id)
        return LinkedData(
            headline=_text(node.get("headline")) or _text(node.get("name")),
            body=_strip_tags(_text(node.get("articleBody")) or _text(node.get("text")) or ""),
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


def _parse(script: str) -> Any:
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>")
    text = text.removesuffix("]]>")
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    for attempt in (text, _LINE_BREAKS.sub(" ", text)):  # tolerate line breaks inside strings
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Yield all objects breadth-first, down to a depth below which no article is nested."""
    queue: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while queue and seen < _MAX_NODES:
        item, depth = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            inner = list(item.values())
        elif isinstance(item, list):
            inner = item
        else:
            continue
        if depth < _MAX_DEPTH:
            queue.extend((x, depth + 1) for x in inner[:500] if isinstance(x, (dict, list)))


def _types(node: Mapping[str, Any]) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind[:5])) if isinstance(kind, list) else str(kind or "")


def _resolve(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        if "name" not in value and isinstance(value.get("@id"), str):
            return by_id.get(value["@id"], value)
        return value
    return {"name": value} if isinstance(value, str) else None


def _people(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:50]:
        person = _resolve(item, by_id)
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
    return " ".join(html_entities.unescape(value).split()) or None


def _strip_tags(text: str) -> str:
    return _TAGS.sub(" ", text) if "<" in text else text


def _flag(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    flag = str(value).strip().lower().rpartition("/")[2]
    return {"true": True, "false": False}.get(flag)
