"""The function `subscribe`, with which a subscriber reads messages."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypedDict, Unpack, overload

from ..article import EnrichedArticle
from ..dead_letter import DeadLetter
from ..story import Story
from ..topics import with_suffix
from . import filters, start
from .kinds import KINDS
from .options import Options
from .security import Security, from_environment
from .start import Since
from .subscription import Subscription

_DEFAULT_KAFKA = "localhost:9092"


class Common(TypedDict, total=False):
    """The options of every subscription."""

    group: str | None
    since: Since
    on_unreadable: Literal["raise", "skip"]
    on_removed: Callable[[str], None] | None
    processing_timeout: float
    commit_interval: float
    kafka: str | None
    security: Security | None
    suffix: str
    consumer: Mapping[str, object] | None


class Enriched(Common, total=False):
    """Filters of enriched articles."""

    entity: filters.Wanted | None
    language: filters.Wanted | None
    verdict: filters.Wanted | None
    outlet: filters.Wanted | None
    story: filters.Wanted | None
    where: Callable[[EnrichedArticle], bool] | None


class Stories(Common, total=False):
    """Filters of stories."""

    entity: filters.Wanted | None
    language: filters.Wanted | None
    change: filters.Wanted | None
    outlet: filters.Wanted | None
    story: filters.Wanted | None
    where: Callable[[Story], bool] | None


class DeadLetters(Common, total=False):
    """Filters of dead letters."""

    outcome: filters.Wanted | None
    reason: filters.Wanted | None
    stage: filters.Wanted | None
    where: Callable[[DeadLetter], bool] | None


@overload
def subscribe(
    topic: Literal["enriched"], **options: Unpack[Enriched]
) -> Subscription[EnrichedArticle]: ...


@overload
def subscribe(topic: Literal["stories"], **options: Unpack[Stories]) -> Subscription[Story]: ...


@overload
def subscribe(
    topic: Literal["dead-letters"], **options: Unpack[DeadLetters]
) -> Subscription[DeadLetter]: ...


def subscribe(topic: str, **options: Any) -> Subscription[Any]:
    """Subscribe to a topic; read the messages with `async for`.

    `topic` is `enriched`, `stories` or `dead-letters`. A message is finished when the
    next one is requested. With a `group`, the offsets of finished messages are committed, and
    the next start continues after them. Delivery is at least once.

    - `group`: the consumer group that the processes of your service share. With None, no
      offsets are committed and every process gets every message.
    - `since`: where to start if the group has no committed offset, or without a group:
      `earliest` (default), `latest`, a datetime, or a timedelta before now.
    - filters, each with one value or several of which one has to match: for `enriched` `entity`,
      `language`, `verdict`, `outlet`, `story`; for `stories` `entity`, `language`,
      `change`, `outlet`, `story`; for `dead-letters` `outcome`, `reason`, `stage`; and
      `where`, a function of the message.
    - `on_unreadable`: `raise` (default) an `UnreadableError` on a broken message, or
      `skip` it with a warning.
    - `on_removed`: called with the key of a record that was removed (a null value).
    - `processing_timeout`: seconds in which a message has to be processed; after that the group
      assigns the partition to another process. Default 300.
    - `commit_interval`: seconds between commits, default 1: after a crash, the messages
      finished since the last commit are delivered again.
    - `kafka`: bootstrap servers, `host:port,…`; default NEWSLOOM_KAFKA, else localhost:9092.
    - `security`: TLS and SASL; default NEWSLOOM_KAFKA_SECURITY and the variables that belong
      to it, which are used only for the servers of NEWSLOOM_KAFKA.
    - `suffix`: the suffix of the topics, to read another set of topics.
    - `consumer`: more settings of the aiokafka consumer.

    Raises `ValueError` and `TypeError` for invalid options. Reading raises `SubscribeError`
    and the `KafkaError` of aiokafka.
    """
    if topic not in KINDS:
        raise ValueError(f"There is no subscription {topic!r}; there are {', '.join(KINDS)}.")
    where = options.pop("where", None)
    common = {name: options.pop(name) for name in Common.__annotations__ if name in options}
    wanted = filters.build(topic, options, where)
    start.check(common.get("since", "earliest"))
    if common.get("on_unreadable", "raise") not in ("raise", "skip"):
        raise ValueError("on_unreadable is 'raise' or 'skip'.")
    if common.get("group") == "":
        raise ValueError("group is empty; leave it out to commit nothing.")
    read = with_suffix(KINDS[topic], common.pop("suffix", ""))
    own = os.environ.get("NEWSLOOM_KAFKA")
    kafka = common.pop("kafka", None) or own or _DEFAULT_KAFKA
    security = common.pop("security", None)
    if security is None and kafka == own:
        security = from_environment(os.environ)
    return Subscription(read, wanted, Options(kafka=kafka, security=security, **common))
