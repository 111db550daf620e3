"""The registry of topics."""

from __future__ import annotations

from schemas.topics import ALL, CLEAN, RAW, registry
from services.settings import Settings


def test_the_topics_that_are_spread_by_article_have_as_many_partitions_as_set() -> None:
    """The others keep theirs: state and routing hang on them."""
    found = {topic.name: topic for topic in Settings(article_partitions=24).topics()}
    plain = {topic.name: topic for topic in ALL}

    assert set(found) == set(plain)
    for name, topic in found.items():
        spread = name in {RAW.name, CLEAN.name}
        assert topic.partitions == (24 if spread else plain[name].partitions)


def test_a_second_set_is_spread_alike() -> None:
    first, second = registry("", 24), registry("v2", 24)

    assert [topic.partitions for topic in first] == [topic.partitions for topic in second]
