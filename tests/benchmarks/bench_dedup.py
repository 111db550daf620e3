"""Benchmark a dedup shard: ``python -m tests.benchmarks.bench_dedup [--articles N]``.

One shard processes articles of invented words that resemble news: word frequencies follow Zipf's
law, each story has its own words and entities, and one article in ten is a copy. The rows are in
RocksDB, as in the service. The benchmark measures the articles a second, the 99th percentile of
the time for an article, the memory per article, the growth of the time with the number of
articles, and the speed of rebuilding the shard. Further tables compare three searches for
candidates of copies on the same edits, and measure large amounts of bad input.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np

from schemas.article import DateSource, Precision, Provenance, StatedDate, TaggedArticle
from schemas.tags import Entity, EntityType, Mention, Quote, TextField
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.settings import DedupSettings
from services.dedup.shards import AssignedShards
from services.dedup.storage.row_store import RowStore
from tests.benchmarks import candidates
from tests.benchmarks import floods as floods_of
from tests.benchmarks.store import PARTITION, DiskRows
from tests.quality import report

START = datetime(2031, 1, 1, tzinfo=UTC)
VOCABULARY = 60_000
WORDS = 420
"""Words of a body: the mean of the labelled sets is about 600, that of news wires 150."""
STORY_WORDS = 40
COPY_SHARE = 0.1
"""Share of articles that are copies."""
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "os")]
_MADE = Provenance(name="bench", version="1", confidence=1)


STORY_QUIET = timedelta(hours=72)
"""How long a story stays open after its last article."""
STORY_LENGTH = 6.0
"""Mean number of articles of a story, which is 1 + the integer part of a Pareto variable of
shape 1.1, at most 400."""


@dataclass
class Event:
    """The words and names that the articles of a story share."""

    words: list[str]
    names: list[str]
    articles_left: int


class World:
    """A generator of articles of many concurrent stories, of which most are short and few long."""

    def __init__(self, articles: int, open_stories: int, seed: int = 3) -> None:
        """Choose the length of stories so that about ``open_stories`` are open at any time."""
        self._chance = random.Random(seed)  # noqa: S311 - texts, not secrets
        self._numbers = np.random.default_rng(seed)
        self._vocabulary = [
            "".join(self._chance.choices(_SYLLABLES, k=2 + i % 3)) for i in range(VOCABULARY)
        ]
        ranks = np.arange(1, VOCABULARY + 1)
        self._shares = np.cumsum(1 / ranks**1.05)
        self._shares /= self._shares[-1]
        self._articles = articles
        self._running = max(1, open_stories // 6)
        self._recent: list[tuple[str, str]] = []
        # All articles fit into a week, so that the window holds all of them at the end.
        self._step = timedelta(days=6.9) / max(1, articles)
        # Open are the stories that still get articles, and those that ended within the quiet time.
        originals = (1 - COPY_SHARE) * STORY_QUIET / self._step
        self._longer = max(1.0, originals / max(1, open_stories - self._running) / STORY_LENGTH)

    def _words(self, count: int) -> list[str]:
        at = np.searchsorted(self._shares, self._numbers.random(count))
        return [self._vocabulary[i] for i in at.tolist()]

    def _new_event(self) -> Event:
        rare = self._numbers.integers(500, VOCABULARY, STORY_WORDS).tolist()
        names = [self._vocabulary[i].capitalize() for i in rare[:6]]
        articles_left = round(self._longer * (1 + min(400, int(self._chance.paretovariate(1.1)))))
        return Event([self._vocabulary[i] for i in rare], names, articles_left)

    def stream(self) -> Iterator[TaggedArticle]:
        """Yield the articles in order."""
        running = [self._new_event() for _ in range(self._running)]
        for number in range(self._articles):
            at = START + self._step * number
            if self._recent and self._chance.random() < COPY_SHARE:
                title, body = self._chance.choice(self._recent)
                yield self._article(number, at, title, body + " Wire.", names=[])
                continue
            i = self._chance.randrange(len(running))
            about = running[i]
            about.articles_left -= 1
            if about.articles_left <= 0:
                running[i] = self._new_event()
            words = self._words(WORDS)
            for place in self._numbers.integers(0, WORDS, WORDS // 5).tolist():
                words[place] = self._chance.choice(about.words)
            for place in self._numbers.integers(0, WORDS, 12).tolist():
                words[place] = self._chance.choice(about.names)
            body = ". ".join(" ".join(words[j : j + 14]).capitalize() for j in range(0, WORDS, 14))
            title = " ".join(self._chance.sample(about.words, 5) + about.names[:2])
            self._recent = [*self._recent[-200:], (title, body)]
            yield self._article(number, at, title, body, names=about.names)

    def _article(
        self,
        number: int,
        at: datetime,
        title: str,
        body: str,
        *,
        names: list[str],
    ) -> TaggedArticle:
        name = sha256(str(number).encode()).hexdigest()[:32]
        entities = [
            Entity(
                entity_id=f"place:{one.lower()}",
                name=one,
                type=EntityType.PLACE,
                salience=0.9 - i / 10,
                mentions=[
                    Mention(field=TextField.TITLE, start=0, end=len(one), text=one, by="bench")
                ],
            )
            for i, one in enumerate(dict.fromkeys(names))
        ]
        quotes = []
        if names:
            quote = ". ".join(body.split(". ")[7:9])
            start = body.index(quote)
            end = start + len(quote)
            quotes = [Quote(text=quote, start=start, end=end, speaker=names[0])]
        return TaggedArticle(
            article_id=name,
            revision_id=name[::-1],
            url=f"https://outlet{number % 997}.example/{name}",
            source=f"outlet{number % 997}.example",
            title=title,
            body=body,
            word_count=WORDS,
            published=StatedDate(
                value=at.date().isoformat(),
                precision=Precision.SECOND,
                origin=DateSource.FEED,
                utc=at,
            ),
            ingested_at=at + timedelta(minutes=1),
            language="en",
            language_confidence=1,
            kept_share=1,
            cleaning=_MADE,
            entities=entities,
            quotes=quotes,
            tagging=_MADE,
        )


def resident() -> int:
    """Return the resident memory of this process in bytes."""
    gc.collect()
    # Return freed memory to the system first, or it would be counted.
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def peak_resident() -> int:
    """Return the peak resident memory of this process in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def run(articles: int, open_stories: int, folder: Path) -> dict[str, float | int | str]:
    """Process the articles in a shard, rebuild it, and return the figures."""
    store = DiskRows(folder)
    world = World(articles, open_stories)
    shard = Shard(DedupSettings(), store)
    at_start = resident()
    times: list[float] = []
    busy: list[float] = []
    marks: dict[int, float] = {}
    for number, one in enumerate(world.stream(), 1):
        began, busy_before = time.perf_counter(), time.process_time()
        decision = shard.decide(one, MessageIdentity(one.revision_id, 1))
        times.append(time.perf_counter() - began)
        busy.append(time.process_time() - busy_before)
        store.apply(decision.changes)
        if number in (10_000, articles) or number % 50_000 == 0:
            # CPU time, because the load of other processes would look like growth.
            marks[number] = float(np.mean(busy[-5000:]))
            report.progress(
                f"{number} articles, {1 / np.mean(times[-5000:]):.0f} a second, "
                f"{1 / marks[number]:.0f} a processor second, "
                f"{shard.open_stories} open stories, "
                f"{(resident() - at_start) / number:.0f} bytes an article with the store's caches"
            )
    taken = np.array(times)
    open_at_end, in_window, rows = shard.open_stories, shard.articles, len(store)
    store.close()
    on_disk = store.bytes_on_disk()
    del shard
    rebuilt = rebuild_in_own_process(folder)
    first = marks.get(10_000, float(np.mean(busy[:5000])))
    return {
        "articles": articles,
        "store": store.name,
        "articles_per_second": round(1 / float(taken.mean()), 1),
        "articles_per_cpu_second": round(articles / sum(busy), 1),
        "p50_ms": round(float(np.percentile(taken, 50)) * 1e3, 3),
        "p99_ms": round(float(np.percentile(taken, 99)) * 1e3, 3),
        "p99_processor_ms": round(float(np.percentile(busy, 99)) * 1e3, 3),
        "longest_ms": round(float(taken.max()) * 1e3, 1),
        "growth_from_10k": round(marks[articles] / first, 3),
        "open_stories": open_at_end,
        "indexed_articles": in_window,
        "rows": rows,
        "bytes_per_article": round(rebuilt["bytes"] / articles),
        "peak_bytes_per_article": round(rebuilt["bytes_peak"] / articles),
        "bytes_per_article_when_ready": round(rebuilt["bytes_ready"] / articles),
        "row_bytes_per_article": round(rebuilt["row_bytes"] / articles),
        "disk_bytes_per_article": round(on_disk / articles),
        "rebuild_seconds": round(rebuilt["seconds"], 2),
        "rebuild_rows_per_second": round(rows / rebuilt["seconds"]),
        "rebuild_rows_per_cpu_second": round(rows / rebuilt["busy"]),
    }


def rebuild_in_own_process(folder: Path) -> dict[str, float]:
    """Run `rebuild` in a new process, so that memory of this process is not counted."""
    completed = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_dedup", "--rebuild", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    figures: dict[str, float] = json.loads(completed.stdout)
    return figures


def rebuild(folder: Path) -> dict[str, float]:
    """Rebuild the shard as a worker does, and return the time in seconds and the memory in bytes.

    The peak is the increase of the resident memory that the system reports during the rebuild.
    """
    store = DiskRows(folder)
    before = resident()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # resets the peak
    shards = AssignedShards(DedupSettings(), RowStore(store.tables))
    began, busy = time.perf_counter(), time.process_time()
    shards.prepare(PARTITION)
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    peak = peak_resident() - before
    ready = resident() - before
    ((_language, shard),) = shards
    groups = shard._state.stories.clusterer.stories
    loaded = sum(len(groups[one].article_ids) for one in list(groups))
    loaded_memory = resident() - before
    sizes = [len(key) + len(row) for _table, key, row in store.items()]
    return {
        "seconds": seconds,
        "busy": busy,
        "bytes_ready": ready,
        "bytes_peak": peak,
        "bytes": loaded_memory,
        "representatives": loaded,
        "rows": len(sizes),
        "row_bytes": sum(sizes),
    }


def main() -> None:
    """Run the benchmark, the comparison of candidate searches, and the bad input."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--open-stories", type=int, default=20_000)
    parser.add_argument("--eval", type=Path, default=candidates.EVAL)
    parser.add_argument(
        "--floods",
        type=float,
        default=1.0,
        help="size of the bad input, as a share of the full size",
    )
    parser.add_argument("--rebuild", type=Path, help="only rebuild a shard from these rows")
    options = parser.parse_args()
    if options.rebuild:
        print(json.dumps(rebuild(options.rebuild)))  # noqa: T201 - read by the process above
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = run(options.articles, options.open_stories, Path(folder))
    report.show("Dedup, one shard", ("figure", "value"), list(figures.items()))
    lines, more = candidates.compare(options.eval)
    if lines:
        report.show("Candidates for copies", candidates.HEAD, lines)
    floods = [floods_of.measure(name, options.floods) for name in floods_of.FLOODS]
    report.show("Bad input at full size", floods_of.HEAD, floods)
    for name, _count, _first, last, p99, largest in floods:
        more |= {f"{name}.ms": float(str(last)), f"{name}.p99_ms": float(str(p99))}
        more |= {f"{name}.largest_row_kb": float(str(largest))}
    report.write("bench-dedup", figures | more)


if __name__ == "__main__":
    main()
