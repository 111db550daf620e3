"""The topic registry: every topic of Newsloom, once.

`newsloom topics create` applies it, AsyncAPI is made from it, and the workers take
their limits from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from schemas.article import CleanArticle, EnrichedArticle, RawArticle, TaggedArticle
from schemas.base import Message
from schemas.dead_letter import DeadLetter
from schemas.gazetteer import GazetteerRow
from schemas.story import Story

MIB = 1024 * 1024
MAX_MESSAGE_BYTES = 8 * MIB
"""Largest record of an article topic, key and headers included."""

DEAD_LETTER_BYTES = 9 * MIB
"""Largest dead letter: the largest original and the headers that say why."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: what lies on it, how it is keyed, spread and kept.

    `retention` None keeps records for ever (compacted topics: the last of each key).
    """

    name: str
    title: str
    key: str
    model: type[Message] | None
    event_type: str
    partitions: int
    retention: timedelta | None
    compact: bool = False
    max_message_bytes: int = MAX_MESSAGE_BYTES
    written_by_users: bool = False

    @property
    def schema_uri(self) -> str:
        """The CloudEvents `dataschema` of its messages."""
        return f"urn:newsloom:schema:{self.event_type}"

    def config(self) -> dict[str, str]:
        """Kafka topic configuration, as `kafka-configs` names it."""
        retention = -1 if self.retention is None else int(self.retention.total_seconds() * 1000)
        config = {
            "cleanup.policy": "compact" if self.compact else "delete",
            "max.message.bytes": str(self.max_message_bytes),
        }
        if self.compact:
            # A state that nobody rewrote for a day is compacted too, so that a start-up
            # never reads a long tail of old versions.
            config["max.compaction.lag.ms"] = str(24 * 3600 * 1000)
        else:
            config["retention.ms"] = str(retention)
        if not self.written_by_users:
            # The broker's clock: it refuses records that a worker whose clock is ahead dates
            # into the future, and would expire those of one whose clock is behind too early.
            config["message.timestamp.type"] = "LogAppendTime"
        return config


RAW = Topic(
    name="newsloom.articles.raw",
    title="Articles as feeds and crawlers deliver them.",
    key="article_id",
    model=RawArticle,
    event_type="newsloom.article.raw.v1",
    partitions=8,
    retention=timedelta(days=7),
    written_by_users=True,
)
CLEAN = Topic(
    name="newsloom.articles.clean",
    title="The articles' own words and facts.",
    key="article_id",
    model=CleanArticle,
    event_type="newsloom.article.clean.v1",
    partitions=8,
    retention=timedelta(days=3),
)
TAGGED = Topic(
    name="newsloom.articles.tagged",
    title="Clean articles with entities and quotes; all of one language in one partition.",
    key="language",
    model=TaggedArticle,
    event_type="newsloom.article.tagged.v1",
    partitions=8,
    retention=timedelta(days=3),
)
ENRICHED = Topic(
    name="newsloom.articles.enriched",
    title="Every article once per revision, with its verdict and its story. Subscribe here.",
    key="article_id",
    model=EnrichedArticle,
    event_type="newsloom.article.enriched.v1",
    partitions=8,
    retention=timedelta(days=14),
)
STORIES = Topic(
    name="newsloom.stories",
    title="The present state of each story: created, updated, merged, closed. Subscribe here.",
    key="story_id",
    model=Story,
    event_type="newsloom.story.v1",
    partitions=8,
    retention=None,
    compact=True,
)
GAZETTEER = Topic(
    name="newsloom.gazetteer",
    title="Things that users want tagged; every tagging worker follows it. A null value removes.",
    key="id",
    model=GazetteerRow,
    event_type="newsloom.gazetteer.v1",
    partitions=1,
    retention=None,
    compact=True,
    written_by_users=True,
)
DEAD_LETTERS = Topic(
    name="newsloom.dead-letters",
    title="Messages that were left out or failed: the original bytes, and why.",
    key="that of the original",
    model=DeadLetter,
    event_type="newsloom.dead-letter.v1",
    partitions=4,
    retention=timedelta(days=30),
    max_message_bytes=DEAD_LETTER_BYTES,
)

REDRIVEN = Topic(
    name="newsloom.dead-letters.redriven",
    title="Which dead letters were sent back, so that none goes twice. Internal.",
    key="id of the letter",
    model=None,
    event_type="",
    partitions=1,
    retention=DEAD_LETTERS.retention,
)

STATE_TABLES = ("articles", "stories")
"""Tables of dedup; each has a changelog."""


SUFFIX_PATTERN = r"^$|^[a-z0-9][a-z0-9-]{0,29}$"
"""What may tell a second set of topics from the first: the first has the empty suffix."""


def app_id(stage: str, suffix: str = "") -> str:
    """Consumer group of a stage, and the start of its changelogs' names."""
    return f"newsloom-{stage}-{suffix}" if suffix else f"newsloom-{stage}"


def with_suffix(topic: Topic, suffix: str) -> Topic:
    """The topic as the set of topics named by `suffix` has it.

    The gazetteer is the same for all; changelogs are named by `registry`.
    """
    if not suffix or topic.name == GAZETTEER.name:
        return topic
    kept = topic.retention
    if topic.name == RAW.name and kept is not None:
        # Copies have their originals' timestamps, and must not expire while they are read.
        kept += timedelta(days=1)
    return replace(topic, name=f"{topic.name}.{suffix}", retention=kept)


def _changelog(table: str, suffix: str) -> Topic:
    return Topic(
        name=f"{app_id('dedup', suffix)}-{table}-changelog",
        title=f"State of dedup: its table `{table}`. Internal; do not write to it.",
        key="row key",
        model=None,
        event_type="",
        partitions=TAGGED.partitions,  # Faust wants as many as the table's source has
        retention=None,
        compact=True,
    )


PUBLIC = (RAW, CLEAN, TAGGED, ENRICHED, STORIES, GAZETTEER, DEAD_LETTERS)
"""Topics with a contract."""


def registry(suffix: str = "", article_partitions: int = RAW.partitions) -> tuple[Topic, ...]:
    """Every topic that has to exist for a set of workers.

    `article_partitions` is how many the raw and the clean topic have. The tagged topic's
    number is fixed: state and routing by language hang on it.

    Raises ValueError for a suffix that topic names can't bear.
    """
    if not re.match(SUFFIX_PATTERN, suffix):
        raise ValueError(f"{suffix!r} is no topic suffix: a-z, 0-9 and -, at most 30")
    spread = {topic.name: replace(topic, partitions=article_partitions) for topic in (RAW, CLEAN)}
    public = (with_suffix(spread.get(topic.name, topic), suffix) for topic in PUBLIC)
    redriven = with_suffix(REDRIVEN, suffix)
    return (*public, redriven, *(_changelog(table, suffix) for table in STATE_TABLES))


ALL = registry()
"""Every topic of the first set."""

CHANGELOGS = ALL[-len(STATE_TABLES) :]
