"""The topics that each agent declares to read and write."""

from __future__ import annotations

from types import ModuleType

import pytest

from services.cleaning import agent as cleaning
from services.dedup import agent as dedup
from services.kafka.acls import ROLES
from services.processing.stages import SOURCES
from services.tagging import agent as tagging

AGENTS = {"cleaning": cleaning, "tagging": tagging, "dedup": dedup}


@pytest.mark.parametrize(("name", "agent"), AGENTS.items())
def test_an_agent_reads_the_topic_that_the_registry_names(name: str, agent: ModuleType) -> None:
    assert agent.READS is SOURCES[name]
    assert tuple(AGENTS) == tuple(SOURCES)


@pytest.mark.parametrize(("name", "agent"), AGENTS.items())
def test_an_agent_writes_just_the_topics_that_its_role_may_write(
    name: str, agent: ModuleType
) -> None:
    assert set(agent.WRITES) == set(ROLES[name].writes)
    assert agent.READS in ROLES[name].reads
