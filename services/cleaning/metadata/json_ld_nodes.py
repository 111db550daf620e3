"""Parse the JSON-LD scripts of a page into nodes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from services.cleaning.metadata.json_ld_repair import parse_leniently

_MAX_NODES = 2000
_MAX_DEPTH = 12
_FOREIGN_KEYS = frozenset({
    "itemListElement", "review", "reviews", "itemReviewed", "comment", "citation", "isBasedOn",
    "mentions", "relatedLink", "liveBlogUpdate", "blogPost", "blogPosts", "subjectOf", "about",
    "isRelatedTo", "significantLink", "potentialAction", "hasPart", "author", "publisher",
    "associatedReview", "isSimilarTo", "recommendedArticle", "correction",
})  # fmt: skip
"""Properties whose values are other things than the page's article."""


@dataclass(frozen=True, slots=True)
class Node:
    """An object of JSON-LD."""

    data: Mapping[str, Any]
    foreign: bool
    """Whether it lies in a list of items, a review, a comment or the like."""

    @property
    def types(self) -> str:
        """Its types in lower case, separated by spaces."""
        kind = self.data.get("@type")
        names = map(str, kind[:5]) if isinstance(kind, list) else [str(kind or "")]
        return " ".join(names).lower()


def parse(script: str) -> Any:
    """Return the content of a script, or None if it can't be read even leniently."""
    try:
        return orjson.loads(script)
    except ValueError:
        return parse_leniently(script)


def walk(data: Any) -> Iterator[Node]:
    """Yield all objects breadth-first, down to a depth below which no article is nested."""
    queue: deque[tuple[Any, int, bool]] = deque([(data, 0, False)])
    seen = 0
    while queue and seen < _MAX_NODES:
        item, depth, foreign = queue.popleft()
        seen += 1
        if isinstance(item, dict):
            yield Node(item, foreign)
            inner = [(value, foreign or key in _FOREIGN_KEYS) for key, value in item.items()]
        elif isinstance(item, list):
            inner = [(value, foreign) for value in item[:500]]
        else:
            continue
        if depth < _MAX_DEPTH:
            queue.extend((x, depth + 1, f) for x, f in inner[:500] if isinstance(x, (dict, list)))


def by_id(nodes: Iterable[Node]) -> dict[str, Mapping[str, Any]]:
    """Return the nodes by `@id`; a node with a type comes before a mere mention of it."""
    found: dict[str, Mapping[str, Any]] = {}
    for node in nodes:
        name = node.data.get("@id")
        if isinstance(name, str) and len(node.data) > 1:
            known = found.get(name)
            if known is None or ("@type" in node.data and "@type" not in known):
                found[name] = node.data
    return found
