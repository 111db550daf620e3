"""Monitoring of a running pipeline: lag, heartbeats, Prometheus and logs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from prometheus_client.parser import text_string_to_metric_families

from schemas.envelope import HEARTBEAT_HEADER, HEARTBEAT_TYPE
from schemas.topics import CLEAN, DEAD_LETTERS, ENRICHED, RAW, STORIES, TAGGED
from services.messaging import heartbeat
from services.processing.stages import PARTS
from tests.integration.harness import Cluster, Worker, eventually, get
from tests.integration.prometheus import Prometheus, running_prometheus
from tests.promql import metrics_used, queries

HEARTBEAT_SECONDS = 1


@pytest.fixture(scope="module")
def watched(cluster: Cluster) -> Cluster:
    """Start all parts with frequent heartbeats, and long sessions for stopped workers."""
    cluster.start(
        *PARTS,
        NEWSLOOM_HEARTBEAT_SECONDS=str(HEARTBEAT_SECONDS),
        NEWSLOOM_LOG_LEVEL="debug",
        NEWSLOOM_LOG_FORMAT="json",
        NEWSLOOM_SESSION_TIMEOUT="30",
        NEWSLOOM_REBALANCE_TIMEOUT="30",
    )
    return cluster


def part(cluster: Cluster, name: str) -> Worker:
    return next(worker for worker in cluster.workers if worker.stage == name)


def values(worker: Worker, name: str) -> dict[tuple[str, ...], float]:
    """Return the values of a metric by its label values."""
    _, text = get(worker.port, "/metrics")
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    }


def age(cluster: Cluster) -> float:
    sent_at = values(part(cluster, "dedup"), "newsloom_heartbeat_timestamp_seconds")
    return time.time() - max(sent_at.values(), default=0.0)


def test_heartbeats_pass_all_stages_and_are_not_published_to_subscribers(watched: Cluster) -> None:
    """Heartbeats are recognised by their source, so earlier articles do not matter."""
    eventually(lambda: age(watched) < 10, "a heartbeat has completed")

    source = heartbeat.article(datetime.now(UTC)).source.encode()
    reached = set()
    for record in watched.stored(RAW.name, CLEAN.name, TAGGED.name):
        headers = dict(record.headers)
        is_heartbeat = source in (record.value or b"")
        assert (HEARTBEAT_HEADER in headers) == is_heartbeat
        assert (headers.get("ce_type") == HEARTBEAT_TYPE.encode()) == is_heartbeat
        if is_heartbeat:
            reached.add(record.topic)
    assert reached == {RAW.name, CLEAN.name, TAGGED.name}
    for record in watched.stored(ENRICHED.name, STORIES.name, DEAD_LETTERS.name):
        assert HEARTBEAT_HEADER not in dict(record.headers)
        assert source not in (record.value or b"")


def test_lag_is_measured_while_a_worker_hangs(watched: Cluster) -> None:
    """The exporter measures it, because a stopped worker cannot report anything."""
    worker, exporter = part(watched, "tagging"), part(watched, "exporter")

    def lag() -> float:
        found = values(exporter, "newsloom_consumer_lag_messages")
        return sum(value for labels, value in found.items() if "tagging" in labels)

    os.kill(worker.process.pid, signal.SIGSTOP)
    try:
        before = lag()
        eventually(lambda: lag() >= before + 3, "the lag of tagging grows")
        eventually(lambda: age(watched) > 2 * HEARTBEAT_SECONDS, "the last heartbeat grows old")
    finally:
        os.kill(worker.process.pid, signal.SIGCONT)
    eventually(lambda: lag() <= 2 and age(watched) < 10, "it has caught up")


TEXT = "The minister wept over a burnt omelette"
HOSTILE: list[tuple[bytes | None, list[tuple[str, bytes]]]] = [
    (TEXT.encode(), []),
    (json.dumps({"url": TEXT, "source": TEXT, "text": [TEXT]}).encode(), []),
    (json.dumps({"url": "https://a.example", "source": "a", "status": TEXT}).encode(), []),
    (json.dumps({"url": "https://a.example", "source": "a", "text": TEXT}).encode(), []),
    (json.dumps({"url": "https://a.example", "source": "a", "html": TEXT * 60}).encode(), []),
    (b"{}", [("ce_id", TEXT.encode()), ("traceparent", TEXT.encode())]),
    (None, [(TEXT, TEXT.encode())]),
]


@pytest.fixture(scope="module")
def published(watched: Cluster) -> Cluster:
    """Publish the samples and invalid articles, and wait until all have an outcome."""
    done = watched.newsloom("publish", "samples/articles")
    assert "Published" in done.stdout, done.stderr
    watched.send((TEXT.encode(), value, headers) for value, headers in HOSTILE)
    expected = int(done.stdout.split()[1]) + len(HOSTILE)
    watched.wait_for(
        lambda seen: len(seen.enriched) + len(seen.dead_letters) >= expected, "the end"
    )
    return watched


def test_each_line_of_the_log_is_one_event_with_its_ids_and_no_text(published: Cluster) -> None:
    """Checked at the debug level, which logs the most."""
    events: dict[str, int] = {}
    for worker in published.workers:
        for line in worker.log.read_text().splitlines():
            assert TEXT not in line
            event = json.loads(line)
            events[event["event"]] = events.get(event["event"], 0) + 1
            assert event["stage"] == worker.stage
            if event["event"] in ("settled", "dead_letter"):
                assert re.fullmatch(r"[0-9a-f]{32}", event["trace_id"])
            if event["event"] == "settled":
                assert re.fullmatch(r"[0-9a-f]{32}", event["article_id"])
    assert events["settled"] > 100
    assert events["dead_letter"] >= len(HOSTILE)


def test_the_audit_finds_no_missing_article_among_heartbeats(published: Cluster) -> None:
    done = published.newsloom("check", "--json", "--settle", "20")

    report = json.loads(done.stdout)
    assert report["holds"], report
    assert report["in_flight"] == 0


@pytest.fixture(scope="module")
def prometheus(published: Cluster) -> Iterator[Prometheus]:
    """Run Prometheus, which scrapes every part each second, with the rules of the project."""
    program = shutil.which("prometheus")
    if program is None:
        pytest.skip("prometheus is not installed: make test-tools")
    with running_prometheus(program, published) as started:
        yield started


def test_prometheus_finds_every_metric_that_rules_and_dashboards_use(
    prometheus: Prometheus, published: Cluster
) -> None:
    """The recorded metrics are included, because Prometheus evaluates the rules."""
    used = {name for place in queries().values() for one in place for name in metrics_used(one)}

    def missing() -> set[str]:
        return used - set(prometheus.ask("label/__name__/values"))

    eventually(lambda: not missing(), "all metrics exist")


def test_prometheus_scrapes_every_part_and_its_rules_are_healthy(prometheus: Prometheus) -> None:
    def health() -> list[str]:
        return [target["health"] for target in prometheus.ask("targets")["activeTargets"]]

    # On a busy machine a scrape may time out; the target is then down until the next scrape.
    eventually(lambda: health() == ["up"] * len(PARTS), "every part is scraped", every=0.5)
    rules = prometheus.rules()
    assert len(rules) > 10
    assert [rule["name"] for rule in rules if rule["health"] != "ok"] == []


def test_the_values_in_prometheus_match_the_messages(
    prometheus: Prometheus, published: Cluster
) -> None:
    enriched = len(published.outcomes().enriched)

    def current_value(query: str) -> float:
        """Return the value, or -1 without a sample (none yet, or the last scrape failed)."""
        found = prometheus.ask("query", query=query)["result"]
        return float(found[0]["value"][1]) if found else -1.0

    def holds(query: str, right: Callable[[float], bool]) -> bool:
        return right(current_value(query))

    known: dict[str, Callable[[float], bool]] = {
        "sum(newsloom_articles_enriched_total)": lambda value: value == enriched,
        "sum(newsloom_end_to_end_seconds_count)": lambda value: value == enriched,
        "sum(newsloom_open_stories)": lambda value: value > 0,
        "sum(newsloom_state_bytes)": lambda value: value > 0,
        "min(newsloom_ready)": lambda value: value == 1,
        'newsloom:heartbeat:age_seconds{stage="dedup"}': lambda value: 0 <= value < 30,
    }

    for query, right in known.items():
        eventually(partial(holds, query, right), f"the right value of {query}", every=0.2)
