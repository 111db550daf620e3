"""Measure the throughput of the real pipeline and the overhead of Kafka: `make bench`.

The articles are the samples with changed words. The benchmark measures:

- the CPU time of the stages when they are called directly;
- the CPU time of each worker alone on a backlog. Workers that run at the same time share physical
  cores, which makes their CPU times too high to compare with the direct calls;
- the articles a second of all workers on the development broker at full load;
- the seconds from the raw to the enriched record at half of that rate.
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
from services.ingest import files
from services.kafka.clients import producer
from services.messaging.raw_records import raw_record
from services.operations.in_process import Pipeline
from services.processing.stages import STAGES
from tests.integration.harness import Cluster, Worker, eventually, running_cluster
from tests.quality.report import progress, show, write

_SAMPLES = Path("samples/articles")
_BATCH = 32
_QUIET_SECONDS = 2.0
_WORD = re.compile(r"(?<=[ >\n])([A-Za-zÀ-ÿ]{6,})(?=[ ,.<\n])")


def main() -> None:
    """Run the benchmark and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=600, help="articles in each measurement")
    number: int = parser.parse_args().articles
    articles = list(_articles(3 * number))
    progress(f"calling the stages directly on {number} articles")
    direct = _direct(articles[:number])
    with (
        tempfile.TemporaryDirectory(prefix="newsloom-bench-") as folder,
        running_cluster(Path(folder)) as cluster,
    ):
        _send(cluster, articles[:number], pause=0)
        workers = {}
        for stage in STAGES:
            progress(f"the {stage} worker alone")
            workers[stage] = _alone(cluster, stage, number)
        cluster.start()
        progress(f"{number} articles at full load")
        rate = _full(cluster, articles[number : 2 * number])
        progress(f"{number} articles at half that rate, {rate / 2:.0f} a second")
        latencies = _latencies(cluster, articles[2 * number :], pause=2 / rate)
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
        alone, with_kafka = direct[stage] / number, workers[stage]
        added = with_kafka / alone - 1
        rows.append([stage, f"{1000 * alone:.2f}", f"{1000 * with_kafka:.2f}", f"{added:+.0%}"])
        figures[f"{stage}.direct_cpu_ms"] = round(1000 * alone, 3)
        figures[f"{stage}.worker_cpu_ms"] = round(1000 * with_kafka, 3)
    alone, with_kafka = sum(direct.values()) / number, sum(workers.values())
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
    """Yield the English samples repeatedly, with other words each time."""
    base = [
        item.article
        for path in files.files([_SAMPLES])
        for item in files.load(path)
        if item.article is not None and not re.search("repeat|page", path.name)
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
    """Return the CPU seconds of each stage, called in this process in batches as in a worker."""
    pipeline = Pipeline()
    now = datetime.now(UTC)
    pipeline.take_all([(raw, now) for raw in articles[:_BATCH]])
    pipeline = pipeline.fresh()
    for start in range(0, len(articles), _BATCH):
        pipeline.take_all([(raw, now) for raw in articles[start : start + _BATCH]])
    return dict(pipeline.cpu_seconds)


def _publish(cluster: Cluster, articles: list[RawArticle], pause: float) -> None:
    """Publish articles at regular intervals, and wait until the pipeline has processed them."""
    before = _ended(cluster)
    _send(cluster, articles, pause)
    deadline = time.monotonic() + 600
    while _ended(cluster) < before + len(articles):
        if time.monotonic() > deadline:
            raise SystemExit(
                "newsloom: the pipeline did not process the articles within ten minutes."
            )
        time.sleep(0.05)


def _send(cluster: Cluster, articles: list[RawArticle], pause: float) -> None:
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


def _ended(cluster: Cluster) -> int:
    """Return how many articles have a final outcome, from the workers' own counters."""
    return sum(worker.counted("newsloom_articles_ended_total") for worker in cluster.workers)


def _alone(cluster: Cluster, stage: str, number: int) -> float:
    """Return the CPU seconds a message of one worker that processes its backlog."""
    # Not `cluster.start`, which waits until the worker is ready: that may be when little is left,
    # and the CPU time of the end would then be divided by few messages.
    worker = cluster.launch(stage)
    eventually(lambda: _settled(worker) >= number // 10, "the worker has begun", 60, worker)
    first, cpu = _settled(worker), _cpu(worker)
    # Earlier stages filter some messages, so the number that this stage gets is not known. It has
    # finished when its count no longer changes.
    last, quiet_since = first, time.monotonic()
    while time.monotonic() - quiet_since < _QUIET_SECONDS:
        if _settled(worker) != last:
            last, quiet_since = _settled(worker), time.monotonic()
        time.sleep(0.1)
    spent = _cpu(worker) - cpu
    worker.end()
    cluster.workers.remove(worker)
    return spent / max(1, last - first)


def _full(cluster: Cluster, articles: list[RawArticle]) -> float:
    """Return the articles a second that the pipeline processes at full load."""
    started = time.monotonic()
    _publish(cluster, articles, pause=0)
    return len(articles) / (time.monotonic() - started)


def _settled(worker: Worker) -> int:
    return worker.counted("newsloom_messages_out_total")


def _cpu(worker: Worker) -> float:
    times = psutil.Process(worker.process.pid).cpu_times()
    return times.user + times.system


def _latencies(cluster: Cluster, articles: list[RawArticle], pause: float) -> list[float]:
    """Return the sorted seconds from the raw record's timestamp to that of the enriched record."""
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
