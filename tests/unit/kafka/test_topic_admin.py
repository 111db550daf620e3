"""The creation of topics, against an admin client that answers as a cluster may."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from schemas.topics import DEAD_LETTERS, RAW
from services.kafka import topic_admin
from services.messaging.errors import UsageError


@dataclass
class SlowCluster:
    """Lists a topic only some questions after the one that follows its creation."""

    delay: int
    created: list[str] = field(default_factory=list)
    asked: int = 0

    async def list_topics(self) -> list[str]:
        if self.created:
            self.asked += 1
        return self.created if self.asked > self.delay else []

    async def create_topics(self, topics: list[Any]) -> SimpleNamespace:
        self.created = [topic.name for topic in topics]
        return SimpleNamespace(topic_errors=[(name, 0, None) for name in self.created])


async def test_creation_ends_when_the_cluster_lists_the_topics() -> None:
    cluster = SlowCluster(delay=3)

    names = await topic_admin.create(cluster, 1, [RAW, DEAD_LETTERS])

    assert names == [RAW.name, DEAD_LETTERS.name]
    assert set(await cluster.list_topics()) == set(names)
    assert cluster.asked == 5


async def test_a_topic_that_is_never_listed_is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(topic_admin, "_CREATION_SECONDS", 0.0)

    with pytest.raises(UsageError, match=RAW.name):
        await topic_admin.create(SlowCluster(delay=10**6), 1, [RAW])
