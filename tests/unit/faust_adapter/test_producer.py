"""The producer of a stage: idempotent, patient, and guarded by a lease where there is state."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from faust.transport.drivers import aiokafka as driver

from services.faust_adapter import consumer as consumer_module
from services.faust_adapter import producer as producer_module
from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import SafeConsumer, SafeConsumerThread
from tests.unit.faust_adapter.idle_app import (
    nothing,
)


def test_the_producer_is_idempotent_and_waits_for_all_replicas(app: StageApp) -> None:
    producer: Any = app.producer
    settings = {**producer._settings_default(), **producer._settings_extra()}

    assert settings["acks"] == "all"
    assert settings["enable_idempotence"] is True


def test_the_producer_of_plain_faust_is_not_idempotent(app: StageApp) -> None:
    """If this fails, Faust has fixed it and the override can be removed."""
    plain: Any = driver.Producer(app.transport)

    assert not plain._settings_extra()


def test_a_stage_with_state_guards_its_producer(
    app: StageApp, dedup: StageApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage without state only repeats the same output."""
    guarded: list[object] = []
    monkeypatch.setattr(producer_module, "guard_producer", lambda _, lease: guarded.append(lease))
    monkeypatch.setattr(producer_module, "roll_back_refused_batches", lambda _: None)
    made = SimpleNamespace(_message_accumulator=SimpleNamespace())
    monkeypatch.setattr(driver.Producer, "_new_producer", lambda *_: made)
    for one in (app, dedup):
        producer: Any = one.producer
        producer._new_producer()

    assert guarded == [dedup.lease]
    assert dedup.lease is not None


async def test_records_wait_for_a_lost_broker_as_long_as_the_delivery_timeout(
    app: StageApp,
) -> None:
    """The producer of plain Faust gives up after one request timeout, which ends the worker."""
    safe: Any = app.producer
    plain: Any = driver.Producer(app.transport)
    limits = []
    for producer in (plain, safe):
        client = producer._new_producer()
        limits.append((client._message_accumulator._batch_ttl, client._request_timeout_ms / 1000))

    assert limits == [(30.0, 30.0), (app.produce_timeout, app.produce_timeout)]


async def test_a_stage_with_state_renews_its_lease_from_its_group(
    dedup: StageApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    coordinator = object()

    async def start(thread: Any) -> None:
        thread._consumer = SimpleNamespace(_coordinator=coordinator)

    monkeypatch.setattr(driver.AIOKafkaConsumerThread, "on_start", start)
    monkeypatch.setattr(
        consumer_module, "renew_from_coordinator", lambda *arguments: heard.extend(arguments)
    )

    consumer = SafeConsumer(dedup.transport, nothing, nothing, nothing)
    await SafeConsumerThread(consumer).on_start()

    assert heard == [coordinator, dedup.lease]
