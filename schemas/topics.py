"""The topic registry: the definition of every topic.

`newsloom topics create` creates the topics from it, the AsyncAPI document is generated from it,
and the workers take their size limits from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from .article import CleanArticle, EnrichedArticle, RawArticle, TaggedArticle
from .base import Message
from .dead_letter import DeadLetter
from .gazetteer import GazetteerRow
from .story import Story

MIB = 1024 * 1024
MAX_MESSAGE_BYTES = 8 * MIB
"""Maximum size of a record on an article topic, including key and headers."""

DEAD_LETTER_BYTES = 9 * MIB
"""Maximum size of a dead letter: the largest original and the added headers."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its messages, key, partitions and retention.

    With `retention` None records are kept without a time limit (in a compacted topic, the last
    record of each key).
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
        """The CloudEvents attribute `dataschema` of the messages."""
        return f"urn:newsloom:schema:{self.event_type}"

    def config(self) -> dict[str, str]:
        """Return the topic configuration with the names that Kafka uses."""
        retention = -1 if self.retention is None else int(self.retention.total_seconds() * 1000)
        config = {
            "cleanup.policy": "compact" if self.compact else "delete",
            "max.message.bytes": str(self.max_message_bytes),
        }
        if self.compact:
            # Records older than a day are always compacted, so that a worker that starts does
            # not have to read many old versions.
            config["max.compaction.lag.ms"] = str(24 * 3600 * 1000)
        else:
            config["retention.ms"] = str(retention)
        if not self.written_by_users:
            # The broker sets the timestamp. It would reject records of a worker whose clock is
            # ahead, and expire those of a worker whose clock is behind too early.
            config["message.timestamp.type"] = "LogAppendTime"
        return config


RAW = Topic(
    name="newsloom.articles.raw",
    title="Raw articles as feeds and crawlers deliver them.",
    key="article_id",
    model=RawArticle,
    event_type="newsloom.article.raw.v1",
    partitions=8,
    retention=timedelta(days=7),
    written_by_users=True,
)
CLEAN = Topic(
    name="newsloom.articles.clean",
    title="Articles as extracted text and metadata.",
    key="article_id",
    model=CleanArticle,
    event_type="newsloom.article.clean.v1",
    partitions=8,
    retention=timedelta(days=3),
)
TAGGED = Topic(
    name="newsloom.articles.tagged",
    title="Clean articles with entities and quotes; each language has one partition.",
    key="language",
    model=TaggedArticle,
    event_type="newsloom.article.tagged.v1",
    partitions=8,
    retention=timedelta(days=3),
)
ENRICHED = Topic(
    name="newsloom.articles.enriched",
    title="Enriched articles: each revision with its verdict and its story. Subscribe here.",
    key="article_id",
    model=EnrichedArticle,
    event_type="newsloom.article.enriched.v1",
    partitions=8,
    retention=timedelta(days=14),
)
STORIES = Topic(
    name="newsloom.stories",
    title="The current state of each story: created, updated, merged, closed. Subscribe here.",
    key="story_id",
    model=Story,
    event_type="newsloom.story.v1",
    partitions=8,
    retention=None,
    compact=True,
)
GAZETTEER = Topic(
    name="newsloom.gazetteer",
    title="Entities that users define; all tagging workers read them. A null value removes one.",
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
    title="Messages that were filtered or failed: the original bytes, and the reason.",
    key="the key of the original",
    model=DeadLetter,
    event_type="newsloom.dead-letter.v1",
    partitions=4,
    retention=timedelta(days=30),
    max_message_bytes=DEAD_LETTER_BYTES,
)

REDRIVEN = Topic(
    name="newsloom.dead-letters.redriven",
    title="Dead letters that were redriven, so that none is redriven twice. Internal.",
    key="id of the dead letter",
    model=None,
    event_type="",
    partitions=1,
    retention=DEAD_LETTERS.retention,
)

STATE_TABLES = ("articles", "stories")
"""State tables of dedup; each has a changelog topic."""


SUFFIX_PATTERN = r"^$|^[a-z0-9][a-z0-9-]{0,29}$"
"""Valid suffixes of a set of topics; the first set has the empty suffix."""


def app_id(stage: str, suffix: str = "") -> str:
    """Return the consumer group of a stage; the names of its changelogs begin with it."""
    return f"newsloom-{stage}-{suffix}" if suffix else f"newsloom-{stage}"


def with_suffix(topic: Topic, suffix: str) -> Topic:
    """Return the topic as it is in the set of topics with a suffix.

    All sets share the gazetteer topic; `registry` names the changelogs.
    """
    if not suffix or topic.name == GAZETTEER.name:
        return topic
    kept = topic.retention
    if topic.name == RAW.name and kept is not None:
        # The copies for a replay have the timestamps of the originals and must not expire while
        # they are read.
        kept += timedelta(days=1)
    return replace(topic, name=f"{topic.name}.{suffix}", retention=kept)


def _changelog(table: str, suffix: str) -> Topic:
    return Topic(
        name=f"{app_id('dedup', suffix)}-{table}-changelog",
        title=f"Changelog of the table `{table}` of dedup. Internal; do not write to it.",
        key="row key",
        model=None,
        event_type="",
        partitions=TAGGED.partitions,  # Faust requires as many as the source topic has
        retention=None,
        compact=True,
    )


PUBLIC = (RAW, CLEAN, TAGGED, ENRICHED, STORIES, GAZETTEER, DEAD_LETTERS)
"""Topics that are part of the public contract."""


def registry(suffix: str = "", article_partitions: int = RAW.partitions) -> tuple[Topic, ...]:
    """Return all topics that a set of workers needs.

    `article_partitions` is the number of partitions of the raw and the clean topic. The tagged
    topic has a fixed number, because state and routing by language depend on it.

    Raises `ValueError` if the suffix is invalid.
    """
    if not re.match(SUFFIX_PATTERN, suffix):
        raise ValueError(
            f"{suffix!r} is not a valid topic suffix: use a-z, 0-9 and -, at most 30 characters"
        )
    spread = {topic.name: replace(topic, partitions=article_partitions) for topic in (RAW, CLEAN)}
    public = (with_suffix(spread.get(topic.name, topic), suffix) for topic in PUBLIC)
    redriven = with_suffix(REDRIVEN, suffix)
    return (*public, redriven, *(_changelog(table, suffix) for table in STATE_TABLES))


ALL = registry()
"""All topics of the first set."""

CHANGELOGS = ALL[-len(STATE_TABLES) :]
