"""Invent articles in scripts other than the Latin one, from the phrases in ``data/scripts.json``.

A third of the sentences is filled in from patterns, so articles share phrases as real ones do. The
others put words of the language in a random order, mostly from the few words that are an article's
subject: a few phrases alone would make every article a near-copy of every other.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, Final

ARTICLES: Final = 400
"""Articles for each language."""
_PHRASES: Final = Path(__file__).parent / "data" / "scripts.json"
_PARAGRAPHS: Final = 4
_SENTENCES: Final = (2, 4)
"""Fewest and most sentences of a paragraph."""
_WORDS: Final = (8, 16)
"""Fewest and most words of a sentence that is not filled in."""
_FILLED_IN: Final = 1 / 3
_SUBJECT_WORDS: Final = 40
_PIECE: Final = 2
_PIECE_OF_ALPHABET: Final = 5
"""Characters that stand for a word in scripts without spaces: in Han and Kana, in an alphabet."""
_STOPS: Final = "。.।"


def languages() -> dict[str, dict[str, list[str]]]:
    """Return for each language its sentence patterns, and the phrases that fill them."""
    phrases: dict[str, dict[str, list[str]]] = json.loads(_PHRASES.read_text(encoding="utf-8"))
    return phrases


def articles(language: str, count: int = ARTICLES) -> list[dict[str, Any]]:
    """Return invented articles as rows (`streams`); the same ones in every run."""
    phrases = languages()[language]
    chance = random.Random(language)  # noqa: S311 - fixed for repeatable figures
    return [
        {
            "id": f"{language}-{number}",
            "title": _filled_in(phrases, chance).rstrip(_STOPS),
            "text": _body(phrases, chance),
            "source": "invented",
            "set": "scripts",
            "language": language,
        }
        for number in range(count)
    ]


def _body(phrases: dict[str, list[str]], chance: random.Random) -> str:
    words, joint = _vocabulary(phrases)
    subject = chance.sample(words, _SUBJECT_WORDS)

    def sentence() -> str:
        filled_in = _filled_in(phrases, chance)
        if chance.random() < _FILLED_IN:
            return filled_in
        count = chance.randint(*_WORDS)
        text = joint.join(
            chance.choice(chance.choice((subject, subject, words))) for _ in range(count)
        )
        return text + filled_in[len(filled_in.rstrip(_STOPS)) :]

    paragraphs = [
        (joint or " " * (_has_no_stops(phrases))).join(
            sentence() for _ in range(chance.randint(*_SENTENCES))
        )
        for _ in range(_PARAGRAPHS)
    ]
    return "\n\n".join(paragraphs)


def _has_no_stops(phrases: dict[str, list[str]]) -> bool:
    """Return whether sentences end with a space alone, as in Thai."""
    return not phrases["patterns"][0].endswith(tuple(_STOPS))


def _vocabulary(phrases: dict[str, list[str]]) -> tuple[list[str], str]:
    """Return the words of the phrases, or pieces of them without spaces, and what joins them."""
    whole = [one for name, found in phrases.items() if name != "patterns" for one in found]
    if all(" " in one for one in phrases["then"]):
        return sorted({word for one in whole for word in one.split()}), " "
    size = _PIECE_OF_ALPHABET if _has_no_stops(phrases) else _PIECE
    pieces = {one[i : i + size].strip() for one in whole for i in range(0, len(one), size)}
    return sorted(pieces - {""}), ""


def _filled_in(phrases: dict[str, list[str]], chance: random.Random) -> str:
    slots = {name: chance.choice(found) for name, found in phrases.items() if name != "patterns"}
    pattern = chance.choice(phrases["patterns"])
    return pattern.format(n=chance.randint(3, 98), m=chance.randint(2, 990), **slots)
