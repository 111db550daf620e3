"""Edit articles into near-duplicates, as outlets and feeds do."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable

Edit = Callable[[str, str, random.Random], tuple[str, str]]
"""Takes a title, a body and a random generator, and returns the edited title and body."""

_PARAGRAPH = re.compile(r"\n\s*\n|\n {2,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？।؟])\s*")
_MIN_PARTS = 4
"""Minimum number of parts that are cut or reordered. A text with fewer paragraphs is divided into
sentences, and a text with fewer sentences into sequences of words."""
_LONGEST_WORD = 10
"""Mean length of words from which a text is taken to be in a script without spaces."""
_DESKS = ("Morning Wire", "Continental News Desk", "Harbour Press", "Inland Agency")


def _parts(body: str) -> list[str]:
    parts = [part for part in _PARAGRAPH.split(body) if part.strip()]
    if len(parts) < _MIN_PARTS:
        parts = [part for part in _SENTENCE.split(body) if part.strip()]
    if len(parts) < _MIN_PARTS:
        words, joint = split_words(body)
        size = max(1, -(-len(words) // _MIN_PARTS))
        parts = [joint.join(words[i : i + size]) for i in range(0, len(words), size)]
    return parts


def split_words(text: str) -> tuple[list[str], str]:
    """Return the words of a text and what joins them.

    A text in a script without spaces is split into its characters, which nothing joins.
    """
    words = text.split(" ")
    if len(text) > _LONGEST_WORD * len(words):
        return list(text), ""
    return words, " "


def wire(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """Add the header and footer of a news agency."""
    desk = chance.choice(_DESKS)
    header = f"{desk} - {chance.randint(1, 28)} {chance.choice(('May', 'June'))}, late edition"
    footer = f"Reporting by {desk}. For more reports from our correspondents see our pages."
    return title, f"{header}\n\n{body}\n\n{footer}"


def cut(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """Remove 10 to 40 % of the paragraphs."""
    parts = _parts(body)
    drop = round(len(parts) * chance.uniform(0.1, 0.4))
    dropped = set(chance.sample(range(len(parts)), min(drop, len(parts) - 1)))
    return title, "\n\n".join(part for i, part in enumerate(parts) if i not in dropped)


def reorder(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """Put the paragraphs in another order."""
    parts = _parts(body)
    chance.shuffle(parts)
    return title, "\n\n".join(parts)


def noise(title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """Replace about 5 % of the letters and digits by random letters of the same script."""
    own = "".join(sorted({c for c in body if c.isalpha()}))
    alphabet = string.ascii_lowercase if own.isascii() else own
    letters = [
        chance.choice(alphabet) if c.isalnum() and chance.random() < 0.05 else c for c in body
    ]
    return title, "".join(letters)


def headline(_title: str, body: str, chance: random.Random) -> tuple[str, str]:
    """Replace the headline."""
    return f"What is known so far, part {chance.randint(1, 99)}", body


def truncate(title: str, body: str, _chance: random.Random) -> tuple[str, str]:
    """Keep only the first third of the text."""
    words, joint = split_words(body)
    return title, joint.join(words[: max(1, len(words) // 3)])


EDITS: dict[str, Edit] = {
    "wire": wire,
    "cut": cut,
    "reorder": reorder,
    "noise": noise,
    "headline": headline,
    "truncate": truncate,
}
