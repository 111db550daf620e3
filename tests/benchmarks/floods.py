"""Measure large amounts of bad input: thousands of copies, revisions or reports of one story.

The tests of bad input use smaller sizes to be quick. These measurements show that time and memory
stay bounded at full size.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

import numpy as np

from schemas.article import TaggedArticle
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.settings import DedupSettings
from tests.in_memory_rows import InMemoryRows
from tests.quality import report
from tests.unit.dedup.make import NOON, article, entity, prose

HEAD: Final = ("flood", "articles", "ms, first tenth", "ms, last tenth", "p99", "largest row, KB")


def identical(count: int) -> Iterator[TaggedArticle]:
    """Yield articles with the same text, each from another outlet, within a minute."""
    body = prose(1, 300)
    for n in range(count):
        yield article(f"a{n}", body, title="Same", at=NOON + timedelta(seconds=n * 60 // count))


def one_story(count: int) -> Iterator[TaggedArticle]:
    """Yield reports of one event over three days that share only a part of their text."""
    names = [entity("Skarholm"), entity("Brenna")]
    common = prose(1, 72)
    for n in range(count):
        at = NOON + timedelta(seconds=n * 250_000 // count)
        body = f"{common} {prose(1000 + n, 60)}"
        yield article(f"a{n}", body, title="Skarholm Brenna", entities=names, at=at)


def revised(count: int) -> Iterator[TaggedArticle]:
    """Yield revisions of one article."""
    for n in range(count):
        yield article("one", f"{prose(1, 300)} update {n}", at=NOON + timedelta(minutes=n))


def templates(count: int) -> Iterator[TaggedArticle]:
    """Yield articles of one source: the same sentences with other names and numbers."""
    text = "Match report from the {0} ground: {1} beat {2} by {3} goals before {4} people. " * 8
    chance = random.Random(1)  # noqa: S311 - texts, not secrets
    for n in range(count):
        teams = [f"Ground{n}", f"Team{n}x", f"Team{n}y", n + 13, chance.randrange(900, 90_000)]
        body = text.format(*teams)
        yield article(f"m{n}", body, title=f"Team{n}x", at=NOON + timedelta(seconds=n))


FLOODS: Final[dict[str, tuple[Callable[[int], Iterator[TaggedArticle]], int]]] = {
    "identical articles in a minute": (identical, 10_000),
    "one story": (one_story, 50_000),
    "revisions of one article": (revised, 1000),
    "a source of templates": (templates, 10_000),
}


def measure(name: str, size: float = 1.0) -> list[object]:
    """Return one line of the table; ``size`` is a share of the full number of articles."""
    make, full = FLOODS[name]
    count = max(10, round(full * size))
    rows = InMemoryRows()
    shard = Shard(DedupSettings(), rows)
    times: list[float] = []
    for n, one in enumerate(make(count), 1):
        began = time.process_time()
        decision = shard.decide(one, MessageIdentity(one.revision_id, n))
        times.append(time.process_time() - began)
        rows.apply(decision.changes)
        if n % 5000 == 0:
            report.progress(f"{name}: {n} of {count}")
    tenth = max(1, count // 10)
    figures = (np.mean(times[:tenth]), np.mean(times[-tenth:]), np.percentile(times, 99))
    largest = max(len(row) for row in rows.rows.values())
    return [name, count, *(round(float(one) * 1e3, 2) for one in figures), round(largest / 1000, 1)]
