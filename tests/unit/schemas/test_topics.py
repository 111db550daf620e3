"""The registry of topics."""

from __future__ import annotations

from schemas.topics import ALL, CLEAN, RAW, registry
from services.settings import Settings


def test_topics_keyed_by_article_have_the_configured_partitions() -> None:
    """The other topics keep theirs, because state and routing depend on them."""
    found = {topic.name: topic for topic in Settings(article_partitions=24).topics()}
    plain = {topic.name: topic for topic in ALL}

    assert set(found) == set(plain)
    for name, topic in found.items():
        spread = name in {RAW.name, CLEAN.name}
        assert topic.partitions == (24 if spread else plain[name].partitions)


def test_a_second_topic_set_has_the_same_partitions() -> None:
    first, second = registry("", 24), registry("v2", 24)

    assert [topic.partitions for topic in first] == [topic.partitions for topic in second]
