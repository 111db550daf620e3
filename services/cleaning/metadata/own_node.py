"""Choose the node of JSON-LD that is the page's own: by address, then headline, then type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from services.cleaning.metadata.json_ld_nodes import Node
from services.cleaning.metadata.json_ld_values import text
from services.cleaning.text.line_style import fold

_ADDRESS, _OTHER_ADDRESS, _HEADLINE, _FOREIGN = 8.0, -4.0, 4.0, -6.0
"""Weights of what tells whether a node is the page's own."""
_TYPES = (
    (("review",), 1.0),
    (("article", "blogposting", "liveblog", "report"), 3.0),
    (("recipe", "howto", "posting", "creativework", "medicalwebpage", "podcastepisode"), 0.5),
)
"""Weights of types; a `Review` is an article only where there is no other."""
_NO_ARTICLES = ("reporting", "claim", "rating", "breadcrumb", "creativeworkseason", "organization")
_MIN_FOLDED_LENGTH = 12
"""Characters from which a part of a longer headline is taken for the same headline."""


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """What a page calls itself: its addresses and its titles."""

    urls: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def choose_article(nodes: Sequence[Node], identity: PageIdentity) -> Mapping[str, Any] | None:
    """Return the page's own article, or None if all articles are others or there is none."""
    scored = [(weight, node) for node in nodes if (weight := _type_weight(node.types))]
    if not scored:
        return None
    own_keys = {key for url in identity.urls if (key := _key(url))}
    titles = [folded for title in identity.titles if (folded := fold(title))]
    best, best_score = None, 0.0
    for weight, node in scored:
        score = weight + _address(node.data, own_keys) + _headline(node.data, titles)
        score += _FOREIGN * node.foreign
        if score > best_score:
            best, best_score = node.data, score
    own = [node for _, node in scored if not node.foreign]
    if best is None and len(own) == 1 and not _has_own_page(nodes, own_keys):
        return own[0].data  # its address may be wrong, as it is in many templates
    return best


def _has_own_page(nodes: Sequence[Node], own_keys: set[str]) -> bool:
    """Return whether a node of the page itself has the page's address."""
    return any("webpage" in node.types and _address(node.data, own_keys) > 0 for node in nodes)


def choose_page(nodes: Sequence[Node], identity: PageIdentity) -> Mapping[str, Any] | None:
    """Return the node of the page itself, if it has one."""
    own_keys = {key for url in identity.urls if (key := _key(url))}
    pages = [node.data for node in nodes if "webpage" in node.types and not node.foreign]
    scored = [(_address(page, own_keys), page) for page in pages]
    good = [pair for pair in scored if pair[0] >= 0]
    return max(good, key=lambda pair: pair[0])[1] if good else None


def _type_weight(types: str) -> float:
    if any(name in types for name in _NO_ARTICLES) and "article" not in types:
        return 1.0 if "claimreview" in types else 0.0
    return next((weight for names, weight in _TYPES if any(n in types for n in names)), 0.0)


def _address(node: Mapping[str, Any], own: set[str]) -> float:
    """Return the weight of the addresses of a node, compared with those of the page."""
    main = node.get("mainEntityOfPage")
    stated = [node.get("url"), main.get("@id") if isinstance(main, dict) else main]
    stated += [main.get("url") if isinstance(main, dict) else None, node.get("@id")]
    keys = [key for value in stated if isinstance(value, str) and (key := _key(value))]
    if not keys or not own:
        return 0.0
    return _ADDRESS if own.intersection(keys) else _OTHER_ADDRESS


def _headline(node: Mapping[str, Any], titles: Sequence[str]) -> float:
    headline = fold(text(node.get("headline")) or text(node.get("name")) or "")
    if not headline:
        return 0.0
    for title in titles:
        if headline == title:
            return _HEADLINE
        shorter, longer = sorted((headline, title), key=len)
        if len(shorter) >= _MIN_FOLDED_LENGTH and shorter in longer:
            return _HEADLINE
    return 0.0


def _key(url: str) -> str | None:
    """Return what identifies an address within a site, or None if it is the front page."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https"):
        return None
    path = parts.path.lower().strip("/").removesuffix("index.html").removesuffix("/amp")
    return path.strip("/") or parts.query or None
