"""Workers of this version and of the last release share the consumer groups under load."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from schemas.article import EnrichedArticle, TaggedArticle, VerdictKind
from schemas.story import Story
from schemas.topics import ENRICHED, STORIES, TAGGED
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord, Record
from services.processing.stages import STAGES
from tests.faults import invented_articles, last_release, results, run_size
from tests.faults.run_size import sized
from tests.faults.worker_pool import (
    LoadGenerator,
    WorkerPool,
    undisturbed_results,
    wait_for_more,
)
from tests.integration.harness import Worker, eventually

MESSAGES = sized(30, 600)
"""How many messages are processed while both workers run, and after the first one has left."""

PATIENT = {"NEWSLOOM_SESSION_TIMEOUT": "30"}
"""A long session timeout. It costs no time, because no worker is killed here."""


@pytest.fixture(scope="session")
def release() -> Path:
    return last_release.source()


@pytest.mark.parametrize("order", sized(["upgrade"], ["upgrade", "downgrade"]))
def test_a_rolling_change_of_version_loses_and_doubles_nothing(
    pool: WorkerPool, release: Path, order: str
) -> None:
    """In each stage, a worker of the other version joins and the current one leaves.

    Dedup is upgraded first and downgraded last, as CHANGELOG.md requires: the dedup of the release
    treats the new revision ids of this version's cleaning as revisions. For the same reason the
    load contains no refetched pages with another advert, which are a revision in the release and
    unchanged in this version.
    """
    began = time.monotonic()
    versions: tuple[Path | None, Path | None] = (release, None)
    before, after = versions if order == "upgrade" else versions[::-1]
    for stage in STAGES:
        pool.end(stage)
        launch(pool, stage, before)
    pool.wait_until_ready()
    stages = STAGES[::-1] if order == "upgrade" else STAGES
    with LoadGenerator(pool.cluster.bootstrap, records(order), 40.0, least=0):
        for stage in stages:
            (present,) = pool.of(stage)
            wait_for_more(present, MESSAGES)
            replaced_by(pool, present, after)
        # The state folder of the first worker is no longer locked, so the other version reads it.
        (present,) = pool.of("dedup")
        replaced_by(pool, present, after)
    pool.wait_until_caught_up()

    report = pool.check()
    assert report["redelivered"] == 0
    assert pool.restarts == 0, "a worker ended without being stopped"
    assert_readable_and_consistent(pool)
    results.note(f"rolling {order}, {last_release.VERSION} and this version", began, report)


def records(order: str) -> Iterator[OutgoingRecord]:
    """Yield raw records of invented articles without end, leaving out HTML pages."""
    articles = invented_articles.endless(f"{run_size.SEED} {order}")
    return (raw_record(article) for article in articles if article.html is None)


def launch(pool: WorkerPool, stage: str, release: Path | None) -> Worker:
    """Start a worker of this version, or of the release whose source is given."""
    if release is None:
        return pool.launch(stage, **PATIENT)
    return pool.cluster.launch_from(release, stage, last_release.MODULE, PATIENT)


def replaced_by(pool: WorkerPool, present: Worker, version: Path | None) -> None:
    """Start another worker, wait until it processes messages, and stop the present one."""
    joined = launch(pool, present.stage, version)
    eventually(lambda: pool.members(present.stage) == 2, "both are in the group", every=0.5)
    pool.wait_until_ready()
    # One of the dedup workers may own no language with articles for some time, so both are summed.
    total = sum(done(worker) for worker in (present, joined))
    eventually(
        lambda: sum(done(worker) for worker in (present, joined)) >= total + MESSAGES,
        "the two workers process messages",
    )
    assert present.end() == 0, present.log_tail()
    pool.wait_until_ready()
    wait_for_more(joined, MESSAGES)


def done(worker: Worker) -> int:
    return worker.counted("newsloom_messages_out_total")


def assert_readable_and_consistent(pool: WorkerPool) -> None:
    """Decode every message; each has one decision, and each article belongs to one story.

    The versions may decide differently about an article, as their rules differ. No article may be
    decided about twice, be left out, or stand in two stories for that reason.
    """
    for record in pool.cluster.stored(TAGGED.name):
        TaggedArticle.model_validate_json(record.value or b"")
    expected, _ = undisturbed_results(pool.cluster)
    found = decisions(_named(pool.cluster.stored(ENRICHED.name)))
    assert set(found) == set(expected), f"seed {run_size.SEED}"
    assert all(len(of_message) == 1 for of_message in found.values()), f"seed {run_size.SEED}"

    last = {record.key: record.value or b"" for record in pool.cluster.stored(STORIES.name)}
    places = Counter(article for value in last.values() for article in open_articles(value))
    assert set(places.values()) == {1}, f"seed {run_size.SEED}"
    withdrawn = {
        one for of in found.values() for one, kind, _ in of if kind is VerdictKind.RETRACTION
    }
    decided = {one for of in found.values() for one, _, _ in of}
    assert decided - withdrawn <= set(places), f"seed {run_size.SEED}"


def _named(records: Iterable[Record]) -> list[tuple[bytes, bytes]]:
    return [(dict(record.headers)["ce_id"], record.value or b"") for record in records]


def decisions(
    named: Iterable[tuple[bytes, bytes]],
) -> dict[bytes, set[tuple[str, VerdictKind, str | None]]]:
    """Return the decisions on each message id: article, verdict and story."""
    found: dict[bytes, set[tuple[str, VerdictKind, str | None]]] = defaultdict(set)
    for name, value in named:
        article = EnrichedArticle.model_validate_json(value)
        found[name].add((article.article_id, article.verdict.kind, article.story_id))
    return dict(found)


def open_articles(value: bytes) -> list[str]:
    """Return the articles of a story in its last state; none if it was merged into another."""
    story = Story.model_validate_json(value)
    return [] if story.merged_into else [one.article_id for one in story.articles]
