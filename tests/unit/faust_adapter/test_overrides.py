"""The app of a stage: Faust's classes that are replaced, its group, and what it leaves out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from services.faust_adapter.app import StageApp
from services.faust_adapter.consumer import SafeConsumer
from services.faust_adapter.producer import SafeProducer
from services.faust_adapter.raw_schema import RawSchema
from services.faust_adapter.transport import SafeTransport
from services.faust_adapter.worker import build
from services.settings import Settings


def test_the_app_uses_the_overrides(app: StageApp) -> None:
    assert isinstance(app.transport, SafeTransport)
    assert isinstance(app.producer, SafeProducer)
    assert isinstance(app.consumer, SafeConsumer)


@pytest.mark.parametrize("value", [None, b"", b"\xff", b"not json"])
async def test_decoding_never_raises_and_never_skips(app: StageApp, value: bytes | None) -> None:
    message: Any = SimpleNamespace(key=None, value=value, headers=(), topic="t", partition=0)

    event = await RawSchema().decode(app, message, propagate=True)

    assert event.value is message


def test_faust_creates_no_topics_and_serves_no_pages(app: StageApp) -> None:
    assert app.conf.topic_allow_declare is False
    assert app.conf.topic_disable_leader is True
    assert app.conf.web_enabled is False


def test_each_stage_has_a_separate_consumer_group(tmp_path: Path) -> None:
    """With a shared group, every deployment of one stage would rebalance all stages."""
    names = []
    for stage in ("cleaning", "dedup"):
        made = build(stage, Settings(home=tmp_path), "127.0.0.1:1")
        names.append(made.conf.id)
        made.runner.close()

    assert names == ["newsloom-cleaning", "newsloom-dedup"]


def test_an_unknown_stage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="known: cleaning, tagging, dedup"):
        build("weaving", Settings(home=tmp_path), "127.0.0.1:1")


def test_new_topics_and_partitions_are_looked_for_every_few_seconds(app: StageApp) -> None:
    assert app.conf.consumer_metadata_max_age_ms <= 10_000
    assert app.conf.producer_metadata_max_age_ms <= 10_000
