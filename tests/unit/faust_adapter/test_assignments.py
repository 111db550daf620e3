"""An assignment that ends is forgotten, and the stage learns of a new one in time."""

from __future__ import annotations

from typing import Any

import pytest
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from schemas.topics import CLEAN
from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import SafeConsumer
from tests.unit.faust_adapter.idle_app import (
    TP0,
    Order,
    plain_consumer,
)


async def test_a_revocation_forgets_the_old_assignment(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does so after the last commit, and what the runner holds is dropped too."""
    order = Order()
    safe.trackers[TP0].deliver(10, "a")

    async def revoke(_: object, __: object) -> None:
        assert safe.trackers, "forgotten before it was committed"
        order.calls.append("revoke")

    monkeypatch.setattr(driver.Consumer, "on_partitions_revoked", revoke)
    monkeypatch.setattr(app.runner, "on_revoke", lambda: order.calls.append("on_revoke"))

    await safe.on_partitions_revoked({TP0})

    assert order.calls == ["revoke", "on_revoke"]
    assert not safe.trackers


async def test_the_stage_learns_its_partitions_before_the_tables_are_recovered(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of changelogs, its own and those it only keeps a copy of, are not among them."""
    order = Order()

    async def recover(*_: object) -> None:
        order.calls.append("recover")

    app.channel_of(CLEAN)
    monkeypatch.setattr(driver.Consumer, "on_partitions_assigned", recover)
    monkeypatch.setattr(app.runner, "on_assign", order.calls.append)
    monkeypatch.setattr(safe._thread, "committed_metadata", order.note("metadata"))
    monkeypatch.setattr(app.runner, "resume_failure_counts", lambda _: None)

    await safe.on_partitions_assigned({TP(CLEAN.name, 1), TP(CLEAN.name, 4), TP("changelog", 2)}, 7)

    assert order.calls == [{1, 4}, "metadata", "recover"]


async def test_a_revocation_during_a_stop_waits_for_the_work_in_hand(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain Faust returns at once. What is in hand would be processed and not committed."""
    order = Order()
    app._stopped.set()
    app.consumer = safe
    monkeypatch.setattr(app.runner, "drain", order.note("drain"))
    monkeypatch.setattr(safe, "commit", order.note("commit"))
    monkeypatch.setattr(app.runner, "on_revoke", lambda: order.calls.append("on_revoke"))

    await safe.on_partitions_revoked({TP0})

    assert order.calls == ["drain", "commit", "on_revoke"]


async def test_plain_faust_forgets_what_was_acknowledged_before_it_commits(app: StageApp) -> None:
    """Uncommitted records are processed again. If this fails, Faust has fixed it."""
    plain: Any = plain_consumer(app)
    plain._acked[TP0] = [10]
    left: list[bool] = []

    async def revoked(_: object) -> None:
        left.append(TP0 in plain._acked)

    plain._on_partitions_revoked = revoked
    await plain.on_partitions_revoked({TP0})

    assert left == [False]


async def test_faust_does_not_seek_after_an_assignment(
    app: StageApp, safe: SafeConsumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain Faust seeks to the committed offset while later records are being processed."""
    plain = plain_consumer(app)
    sought: list[object] = []

    async def seek(consumer: object) -> dict[TP, int]:
        sought.append(consumer)
        return {TP0: 50}

    monkeypatch.setattr(driver.Consumer, "seek_to_committed", seek)
    for consumer in (plain, safe):
        await consumer.perform_seek()
        consumer._read_offset[TP0] = 60  # noted late, of the assignment before

    assert sought == [plain]
    assert plain._read_offset[TP0] == 60  # what lies before it would be passed over
    assert safe._read_offset[TP0] is None
