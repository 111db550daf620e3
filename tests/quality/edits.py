"""The edits that make a copy of an article, as outlets and feeds make them."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable

Edit = Callable[[str, str, random.Random], tuple[str, str]]
"""Title and body to title and body."""

_PARAGRAPH = re.compile(r"\n\s*\n|\n {2,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ENOUGH = 4
"""Paragraphs that a text must have to be cut and reordered; else its sentences stand in."""
_DESKS = ("Morning Wire", "Continental News Desk", "Harbour Press", "Inland Agency")


def _paragraphs(body: str) -> list[str]:
    found = [part for part in _PARAGRAPH.split(body) if part.strip()]
    if len(found) < _ENOUGH:
        found = [part for part in _SENTENCE.split(body) if part.strip()]
    if len(found) < _ENOUGH:
        words = body.split(" ")
        size = max(1, -(-len(words) // _ENOUGH))
        found = [" ".join(words[i : i + size]) for i in range(0, len(words), size)]
    return found


def wire(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """A wire's header and footer around the text."""
    desk = chance.choice(_DESKS)
    header = f"{desk} - {chance.randint(1, 28)} {chance.choice(('May', 'June'))}, late edition"
    footer = f"Reporting by {desk}. For more reports from our correspondents see our pages."
    return title, f"{header}\n\n{body}\n\n{footer}"


def cut(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """10 to 40 % of the paragraphs left out."""
    parts = _paragraphs(body)
    drop = round(len(parts) * chance.uniform(0.1, 0.4))
    gone = set(chance.sample(range(len(parts)), min(drop, len(parts) - 1)))
    return title, "\n\n".join(part for i, part in enumerate(parts) if i not in gone)


def reorder(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """The paragraphs in another order."""
    parts = _paragraphs(body)
    chance.shuffle(parts)
    return title, "\n\n".join(parts)


def noise(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """One letter in twenty replaced by another."""
    letters = [
        chance.choice(string.ascii_lowercase) if c.isalnum() and chance.random() < 0.05 else c
        for c in body
    ]
    return title, "".join(letters)


def headline(_title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """Another headline."""
    return f"What is known so far, part {chance.randint(1, 99)}", body


def truncate(title: str, body: str, _chance: random.Random) -> tuple[str, str]:
    """The first third of the text."""
    words = body.split(" ")
    return title, " ".join(words[: max(1, len(words) // 3)])


EDITS: dict[str, Edit] = {
    "wire": wire,
    "cut": cut,
    "reorder": reorder,
    "noise": noise,
    "headline": headline,
    "truncate": truncate,
}
