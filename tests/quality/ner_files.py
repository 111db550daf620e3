"""Read gold files with one sentence a line (`doc`, `tokens`, BIO2 `tags`) as whole articles.

The sentences of one `doc` become the paragraphs of one article, because the document rules need a
whole document. The bare model reads the same text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

GOLD_TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place", "GPE": "place"}
"""Gold labels that are scored; the others (MISC) are ignored in gold and results."""

_NO_SPACE_BEFORE = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "n't", "'re"})
_NO_SPACE_AFTER = frozenset({"(", "[", "$"})

Span = tuple[int, int, str]
"""Start and end offset in the text, and type."""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with its gold spans."""

    text: str
    spans: frozenset[Span]


def read_articles(path: Path) -> list[GoldArticle]:
    """Read a gold file; consecutive sentences with the same `doc` are one article.

    Raises `OSError`, `ValueError` or `KeyError` for a file in another format.
    """
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [_article(sentences) for sentences in _by_doc(rows)]


def _by_doc(rows: Sequence[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    group: list[dict[str, object]] = []
    for row in rows:
        if group and row.get("doc") != group[0].get("doc"):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _article(sentences: Iterable[dict[str, object]]) -> GoldArticle:
    text = ""
    spans: set[Span] = set()
    for sentence in sentences:
        tokens, tags = sentence["tokens"], sentence["tags"]
        assert isinstance(tokens, list)
        assert isinstance(tags, list)
        if text:
            text += "\n\n"
        ranges = []
        for number, token in enumerate(tokens):
            if (
                number
                and token not in _NO_SPACE_BEFORE
                and tokens[number - 1] not in _NO_SPACE_AFTER
            ):
                text += " "
            ranges.append((len(text), len(text) + len(token)))
            text += token
        spans.update(_spans(tags, ranges))
    return GoldArticle(text, frozenset(spans))


def _spans(tags: Sequence[str], ranges: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield the spans of the scored types in BIO2 tags."""
    open_label, start, end = "", 0, 0
    for tag, (first, last) in zip([*tags, "O"], [*ranges, (0, 0)], strict=True):
        if tag.startswith("I-") and tag[2:] == open_label:
            end = last
            continue
        if open_label in GOLD_TYPES:
            yield start, end, GOLD_TYPES[open_label]
        open_label, start, end = (tag[2:], first, last) if tag != "O" else ("", 0, 0)
