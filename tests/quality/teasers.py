"""Make teasers of articles: the headline with a blurb of 20 to 60 words, as paywalled pages show.

There are four kinds: the beginning cut off in a sentence, the first sentences whole, the beginning
with a request to subscribe, and sentences from further down as a standfirst.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any, Final

MIN_WORDS: Final = 20
MAX_WORDS: Final = 60
MIN_SOURCE_WORDS: Final = 120
"""A shorter article is hardly longer than its teaser."""
DISTANCE: Final = 300
"""Articles between a teaser and its source, at most."""
_SENTENCE = re.compile(r"(?<=[.!?\"])\s+(?=[A-Z\"])")
_REQUESTS = (
    "Subscribe to continue reading.",
    "This article is for subscribers. Already a member? Log in.",
    "Sign up for a free trial to read the full story.",
    "You have reached your limit of free articles this month.",
)
Teaser = Callable[[str, random.Random], str]
"""Takes the text of an article and a random generator, and returns a blurb; empty if none fits."""


def opening(text: str, chance: random.Random) -> str:
    """Return the first words, cut off in a sentence."""
    words = text.split()
    return " ".join(words[: chance.randint(MIN_WORDS, MAX_WORDS)]) + " …"


def sentences(text: str, _chance: random.Random) -> str:
    """Return as many of the first sentences as fit."""
    return _whole_sentences(_SENTENCE.split(" ".join(text.split())))


def subscribe(text: str, chance: random.Random) -> str:
    """Return the first words with a request to subscribe."""
    request = chance.choice(_REQUESTS)
    words = text.split()[: chance.randint(MIN_WORDS, MAX_WORDS - len(request.split()))]
    return f"{' '.join(words)} …\n\n{request}"


def standfirst(text: str, chance: random.Random) -> str:
    """Return sentences from further down."""
    parts = _SENTENCE.split(" ".join(text.split()))
    first = chance.randint(1, max(1, len(parts) - 2))
    return _whole_sentences(parts[first:])


TEASERS: Final[dict[str, Teaser]] = {
    "opening": opening,
    "sentences": sentences,
    "subscribe": subscribe,
    "standfirst": standfirst,
}


def _whole_sentences(parts: list[str]) -> str:
    """Return as many of the sentences as have at most `MAX_WORDS` words, if these are enough."""
    kept: list[str] = []
    for part in parts:
        if len(" ".join([*kept, part]).split()) > MAX_WORDS:
            break
        kept.append(part)
    blurb = " ".join(kept)
    return blurb if len(blurb.split()) >= MIN_WORDS else ""


def plant(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return the rows with ``count`` teasers of each kind mixed in, of another outlet.

    Half of them come before their source, half after it. A teaser has the fields ``teaser``, its
    kind, and ``of``, the id of its source.
    """
    chance = random.Random(23)  # noqa: S311 - fixed for repeatable figures
    long_enough = [i for i, row in enumerate(rows) if len(row["text"].split()) >= MIN_SOURCE_WORDS]
    chance.shuffle(long_enough)
    wanted = dict.fromkeys(TEASERS, count)
    mixed: list[tuple[float, dict[str, Any]]] = [(float(i), row) for i, row in enumerate(rows)]
    for i in long_enough:
        kind = max(wanted, key=lambda one: wanted[one])
        if not wanted[kind]:
            break
        blurb = TEASERS[kind](rows[i]["text"], chance)
        if not blurb:
            continue
        wanted[kind] -= 1
        at = i + chance.uniform(0.5, DISTANCE) * (1 if wanted[kind] % 2 else -1)
        teaser = {**rows[i], "id": f"{kind}-{rows[i]['id']}", "text": blurb, "source": "reader"}
        mixed.append((at, {**teaser, "teaser": kind, "of": rows[i]["id"]}))
    return [row for _at, row in sorted(mixed, key=lambda item: item[0])]
