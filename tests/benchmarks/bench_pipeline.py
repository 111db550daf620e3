"""Articles a second through the real pipeline, and what Kafka adds to the work: `make bench`.

Three measurements of the same invented articles (the samples with changed words): the
stages called directly; the three workers on the development broker as fast as they
go; and at half of that rate, the seconds from publishing to enriched.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil

from schemas.article import EnrichedArticle, RawArticle
from schemas.topics import ENRICHED, RAW
from services import broker, loader
from services.pipeline import Pipeline
from services.publisher import producer, raw_record
from services.settings import STAGES
from tests.integration.harness import LIBS, Cluster, create_topics
from tests.quality.report import progress, show, write

_SAMPLES = Path("samples/articles")
_BATCH = 32
_WORD = re.compile(r"(?<=[ >\n])([A-Za-zÀ-ÿ]{6,})(?=[ ,.<\n])")


def main() -> None:
    """Run the benchmark and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=600, help="articles in each measurement")
    number: int = parser.parse_args().articles
    articles = list(_articles(3 * number))
    progress(f"calling the stages directly on {number} articles")
    direct = _direct(articles[:number])
    with tempfile.TemporaryDirectory(prefix="newsloom-bench-") as folder:
        home = Path(folder)
        cluster = Cluster(home, broker.start(home / "broker", LIBS))
        try:
            create_topics(cluster.bootstrap)
            cluster.start()
            progress("warming the workers up")
            _publish(cluster, articles[number : number + 60], pause=0)
            progress(f"{number} articles as fast as they go")
            rate, workers = _full(cluster, articles[number + 60 : 2 * number + 60])
            progress(f"{number} articles at half that rate, {rate / 2:.0f} a second")
            latencies = _latencies(cluster, articles[2 * number + 60 :], pause=2 / rate)
        finally:
            cluster.stop()
            broker.stop(home / "broker")
    _report(number, direct, workers, rate, latencies)


def _report(
    number: int,
    direct: dict[str, float],
    workers: dict[str, float],
    rate: float,
    latencies: list[float],
) -> None:
    rows = []
    figures: dict[str, float | int | str] = {"articles_per_second": round(rate, 2)}
    for stage in STAGES:
        alone, with_kafka = direct[stage] / number, workers[stage] / number
        added = with_kafka / alone - 1
        rows.append([stage, f"{1000 * alone:.2f}", f"{1000 * with_kafka:.2f}", f"{added:+.0%}"])
        figures[f"{stage}.direct_cpu_ms"] = round(1000 * alone, 3)
        figures[f"{stage}.worker_cpu_ms"] = round(1000 * with_kafka, 3)
    alone, with_kafka = sum(direct.values()) / number, sum(workers.values()) / number
    added = with_kafka / alone - 1
    rows.append(["all", f"{1000 * alone:.2f}", f"{1000 * with_kafka:.2f}", f"{added:+.0%}"])
    figures["plumbing_share"] = round(added, 4)
    show(f"CPU an article, {number} articles", ["stage", "direct ms", "worker ms", "added"], rows)
    cuts = statistics.quantiles(latencies, n=100)
    p50, p99 = cuts[49], cuts[98]
    figures |= {"p50_seconds": round(p50, 3), "p99_seconds": round(p99, 3)}
    show(
        "End to end, broker and workers on this machine",
        ["articles/s", "p50 s at half load", "p99 s at half load"],
        [[f"{rate:.1f}", f"{p50:.3f}", f"{p99:.3f}"]],
    )
    write("bench-pipeline", figures)


def _articles(number: int) -> Iterator[RawArticle]:
    """The English samples again and again, with other words each time."""
    base = [
        item.article
        for path in loader.files([_SAMPLES])
        for item in loader.load(path)
        if item.article is not None and "repeat" not in item.origin and "page" not in item.origin
    ]
    for count in range(number):
        one = base[count % len(base)]
        mark = f"{count // len(base):x}"

        def other(found: re.Match[str], mark: str = mark) -> str:
            word = found.group(1)
            return word if hash((word, mark)) % 3 else f"{word[:-2]}{mark}{word[-2:]}"

        yield one.model_copy(
            update={
                "url": f"{one.url}?copy={count}",
                "external_id": None,
                "html": _WORD.sub(other, one.html) if one.html else None,
                "text": _WORD.sub(other, one.text) if one.text else None,
            }
        )


def _direct(articles: list[RawArticle]) -> dict[str, float]:
    """CPU seconds by stage, called in this process in batches as the workers do."""
    pipeline = Pipeline()
    now = datetime.now(UTC)
    pipeline.take_all([(raw, now) for raw in articles[:_BATCH]])
    pipeline = pipeline.fresh()
    for start in range(0, len(articles), _BATCH):
        pipeline.take_all([(raw, now) for raw in articles[start : start + _BATCH]])
    return dict(pipeline.cpu_seconds)


def _publish(cluster: Cluster, articles: list[RawArticle], pause: float) -> None:
    """Publish, evenly spaced, and wait until all have come through."""
    before = _ended(cluster)

    async def work() -> None:
        async with producer(cluster.bootstrap) as client:
            started = time.monotonic()
            for number, raw in enumerate(articles):
                record = raw_record(raw)
                await client.send(
                    RAW.name, record.value, key=record.key, headers=list(record.headers)
                )
                await asyncio.sleep(max(0.0, started + number * pause - time.monotonic()))

    asyncio.run(work())
    deadline = time.monotonic() + 600
    while _ended(cluster) < before + len(articles):
        if time.monotonic() > deadline:
            raise SystemExit("newsloom: the articles did not come through in ten minutes.")
        time.sleep(0.05)


def _ended(cluster: Cluster) -> int:
    """Articles that have reached their end, from the workers' own counters."""
    return sum(worker.counted("newsloom_articles_ended_total") for worker in cluster.workers)


def _full(cluster: Cluster, articles: list[RawArticle]) -> tuple[float, dict[str, float]]:
    """Articles a second, and CPU seconds by stage."""
    before = _cpu(cluster)
    started = time.monotonic()
    _publish(cluster, articles, pause=0)
    seconds = time.monotonic() - started
    after = _cpu(cluster)
    return len(articles) / seconds, {stage: after[stage] - before[stage] for stage in before}


def _cpu(cluster: Cluster) -> dict[str, float]:
    found = {}
    for worker in cluster.workers:
        times = psutil.Process(worker.process.pid).cpu_times()
        found[worker.stage] = times.user + times.system
    return found


def _latencies(cluster: Cluster, articles: list[RawArticle], pause: float) -> list[float]:
    """Seconds from the raw record's timestamp to the enriched record's, ascending."""
    started = time.time()
    _publish(cluster, articles, pause)
    found = []
    for record in cluster.stored(ENRICHED.name):
        article = EnrichedArticle.model_validate_json(record.value or b"")
        ingested = article.ingested_at.timestamp()
        if ingested >= started:
            found.append(record.timestamp - ingested)
    return sorted(found)


if __name__ == "__main__":
    main()
