"""The rights of the roles cover what the clients offer."""

from __future__ import annotations

from schemas.client.kinds import KINDS
from schemas.topics import CLEAN, DEAD_LETTERS, RAW
from services.kafka.acls import ROLES, topics_of


def test_a_subscriber_may_read_every_topic_that_the_client_offers() -> None:
    assert set(ROLES["subscriber"].reads) == set(KINDS.values())


def test_the_topics_of_a_part_have_its_suffix_and_occur_once() -> None:
    assert topics_of("cleaning", "b") == [f"{one.name}.b" for one in (RAW, CLEAN, DEAD_LETTERS)]
    names = topics_of("dedup")
    assert len(names) == len(set(names))
