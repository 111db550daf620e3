"""The rights that each part needs on the cluster, and no more.

`newsloom topics acls` prints them, and a test runs every stage on a broker that grants nothing
else. In Kafka, Read and Write include Describe.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.topics import (
    CLEAN,
    DEAD_LETTERS,
    ENRICHED,
    GAZETTEER,
    RAW,
    STATE_TABLES,
    STORIES,
    TAGGED,
    Topic,
    app_id,
    registry,
    with_suffix,
)
from services.messaging.errors import UsageError
from services.processing.stages import STAGES


@dataclass(frozen=True, slots=True)
class Right:
    """An operation on a resource of the cluster; `kind` is `topic` or `group`."""

    operation: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a part reads and writes.

    A stage has a consumer group, and a stateful stage has changelogs. `watches` names the stages
    whose groups and topics a part describes without reading them.
    """

    reads: tuple[Topic, ...] = ()
    writes: tuple[Topic, ...] = ()
    stage: str | None = None
    stateful: bool = False
    watches: tuple[str, ...] = ()


ROLES = {
    "publisher": Role(writes=(RAW,)),
    "editor": Role(reads=(GAZETTEER,), writes=(GAZETTEER,)),
    "cleaning": Role((RAW,), (CLEAN, DEAD_LETTERS), "cleaning"),
    "tagging": Role((CLEAN, GAZETTEER), (TAGGED, DEAD_LETTERS), "tagging"),
    "dedup": Role((TAGGED,), (ENRICHED, STORIES, DEAD_LETTERS), "dedup", stateful=True),
    "exporter": Role(writes=(RAW,), watches=STAGES),
    "subscriber": Role(reads=(ENRICHED, STORIES, DEAD_LETTERS)),
}
"""The parts, by name. An operator (topics, dead letters, replay) needs all rights."""


def rights(role: str, suffix: str = "", group: str | None = None) -> list[Right]:
    """Return the rights of a role; `group` is the consumer group of a subscriber.

    Raises `UsageError` for an unknown role.
    """
    if role not in ROLES:
        raise UsageError(f"There is no role {role!r}; the roles are {', '.join(ROLES)}.")
    known = ROLES[role]
    state = registry(suffix)[-len(STATE_TABLES) :] if known.stateful else ()
    reads = (*(with_suffix(topic, suffix) for topic in known.reads), *state)
    writes = (*(with_suffix(topic, suffix) for topic in known.writes), *state)
    groups = [app_id(known.stage, suffix)] if known.stage else [group] if group else []
    return [
        *(Right("Read", "topic", topic.name) for topic in reads),
        *(Right("Write", "topic", topic.name) for topic in writes),
        *(Right("Read", "group", name) for name in groups),
        *(Right("Describe", "group", app_id(stage, suffix)) for stage in known.watches),
        *(
            Right("Describe", "topic", with_suffix(topic, suffix).name)
            for stage in known.watches
            for topic in ROLES[stage].reads
            if topic is not GAZETTEER
        ),
    ]


def topics_of(role: str, suffix: str = "") -> list[str]:
    """Return the names of all topics that a role uses, each once; the errors are as in `rights`."""
    wanted = [right.name for right in rights(role, suffix) if right.kind == "topic"]
    return list(dict.fromkeys(wanted))


def commands(user: str, wanted: Iterable[Right], servers: str) -> list[str]:
    """Return the rights as commands of Kafka's own `kafka-acls`."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for right in wanted:
        grouped.setdefault((right.operation, right.kind), []).append(right.name)
    start = f"kafka-acls --bootstrap-server {servers} --command-config admin.properties --add"
    return [
        f"{start} --allow-principal User:{user} --operation {operation} "
        + " ".join(f"--{kind} {name}" for name in names)
        for (operation, kind), names in grouped.items()
    ]
