"""Every metric, once: its name, its type, what it means, and what to do when it looks bad.

Each process serves its own under /metrics. `docs/metrics.md` is made from this file
(`make metrics`). A label has few values and never a text from outside; the two that do
come from outside are bounded (`services/observability/label_cardinality.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram, Info


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the vocabulary, as it stands in the docs."""

    name: str
    kind: str
    labels: tuple[str, ...]
    meaning: str
    remedy: str

    @property
    def exposed(self) -> tuple[str, ...]:
        """The names under which Prometheus finds it."""
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
        return tuple(self.name + ending for ending in endings.get(self.kind, ("",)))


VOCABULARY: list[Metric] = []
"""All of them, in the order of this file."""

# Buckets lie close where the measured times lie (docs/quality.md): 4 to 10 ms of work an
# article, 0.17 s (p50) and 0.25 s (p99) end to end.
_WORK = (0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 1, 5)
_END_TO_END = (
    *(0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75),
    *(1, 1.5, 2, 3, 5, 10, 30, 60, 300, 1800),
)
_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


def _note(kind: str, name: str, meaning: str, remedy: str, labels: tuple[str, ...]) -> None:
    VOCABULARY.append(Metric(name, kind, labels, meaning, remedy))


def _counter(name: str, meaning: str, remedy: str, *labels: str) -> Counter:
    _note("counter", name, meaning, remedy, labels)
    return Counter(name, meaning, labels)


def _gauge(name: str, meaning: str, remedy: str, *labels: str) -> Gauge:
    _note("gauge", name, meaning, remedy, labels)
    return Gauge(name, meaning, labels)


def _histogram(
    name: str, meaning: str, remedy: str, buckets: tuple[float, ...], *labels: str
) -> Histogram:
    _note("histogram", name, meaning, remedy, labels)
    return Histogram(name, meaning, labels, buckets=buckets)


# Messages through a stage.

IN = _counter(
    "newsloom_messages_in",
    "Messages taken from the stage's topic, heartbeats included.",
    "Flat while lag grows: the worker is stuck; see its log and /readyz.",
    "stage",
)
OUT = _counter(
    "newsloom_messages_out",
    "Messages settled, by outcome: `passed` (cleaning, tagging), the verdict (dedup), "
    "`filtered`, `failed`, `broadcast` and `not_mine` (copies of a retraction), `heartbeat`.",
    "Many `failed`: see newsloom_dead_letters_total for the reason.",
    "stage",
    "outcome",
)
ENDED = _counter(
    "newsloom_articles_ended",
    "Revisions that have reached their end here: enriched, filtered or failed.",
    "Over all stages it follows what is published; if it falls behind, look at lag.",
    "stage",
)
IN_PROGRESS = _gauge(
    "newsloom_messages_in_progress",
    "Messages taken and not yet settled.",
    "At batch_size times batches_in_flight for long: the broker confirms slowly.",
    "stage",
)
BATCH = _histogram(
    "newsloom_batch_messages",
    "Messages processed in one go.",
    "Always at NEWSLOOM_BATCH_SIZE: the stage is behind; add workers.",
    _BATCHES,
    "stage",
)
WORK_SECONDS = _histogram(
    "newsloom_work_seconds",
    "Seconds of work a message, without Kafka (a batch's time shared evenly).",
    "Rising: larger pages, an exhausted cache, or a CPU that others use; compare with "
    "docs/quality.md.",
    _WORK,
    "stage",
)
RETRIES = _counter(
    "newsloom_retries",
    "Tries repeated after a transient failure.",
    "Rising: the log says `retrying` and why; after NEWSLOOM_RETRIES the worker restarts.",
    "stage",
)
DEAD_LETTERS = _counter(
    "newsloom_dead_letters",
    "Messages that ended in the dead letters, by reason (docs/dead-letters.md).",
    "`newsloom dead-letters list` shows them; the page of reasons says what to do about each.",
    "stage",
    "reason",
)
FAILED_IN_A_ROW = _gauge(
    "newsloom_failed_in_a_row_messages",
    "Messages that failed one after another; the worker stops at NEWSLOOM_POISON_IN_A_ROW.",
    "Rising: a bad deploy or a producer gone wrong; see docs/dead-letters.md.",
    "stage",
)
FAILED_RATIO = _gauge(
    "newsloom_failed_ratio",
    "Share of the last messages that failed, 0 until there are NEWSLOOM_POISON_WINDOW; the "
    "worker stops at NEWSLOOM_POISON_RATIO.",
    "As above.",
    "stage",
)
LAST_PROCESSED = _gauge(
    "newsloom_last_processed_timestamp_seconds",
    "When the stage last settled a message, in seconds since the epoch.",
    "Old while lag is not 0: the worker is stuck; restart it and read its log.",
    "stage",
)
END_TO_END = _histogram(
    "newsloom_end_to_end_seconds",
    "Seconds from ingest (the raw record's Kafka timestamp) to a confirmed enriched message; "
    "no heartbeats.",
    "Rising: see which stage's lag grows, and add workers there.",
    _END_TO_END,
)

# Health.

READY = _gauge(
    "newsloom_ready",
    "1 where the worker has its partitions and processes, else 0.",
    "0 for long: /readyz says why; dedup may be recovering its state.",
    "stage",
)
HEARTBEAT = _gauge(
    "newsloom_heartbeat_timestamp_seconds",
    "When the last heartbeat that the stage settled was sent, in seconds since the epoch; its "
    "age is `time()` less this.",
    "Old: the first stage whose heartbeat is old is the one that is stuck.",
    "stage",
)
HEARTBEATS_SENT = _counter(
    "newsloom_heartbeats_sent",
    "Heartbeat articles that the exporter has put on the raw topic.",
    "Flat: the exporter can't write; see its log.",
)
LAG = _gauge(
    "newsloom_consumer_lag_messages",
    "Messages on the partition past the stage's committed offset, as the broker has them: true "
    "whether the workers run, hang or are gone.",
    "Growing: add workers of the stage, up to its partitions; one partition alone: its worker "
    "is stuck.",
    "stage",
    "topic",
    "partition",
)
LAG_MEASURED = _gauge(
    "newsloom_lag_measured_timestamp_seconds",
    "When the exporter last read all lags from the broker, in seconds since the epoch.",
    "Old: the exporter does not reach the broker; do not trust the lags.",
)
BUILD = Info("newsloom_build", "Version of Newsloom and of Python.")
_note(
    "gauge",
    "newsloom_build_info",
    "Always 1; version of Newsloom and of Python as labels.",
    "Several versions for long: a roll-out did not end.",
    ("version", "python"),
)

# Tagging and what stages hold.

LOAD_SECONDS = _gauge(
    "newsloom_model_load_seconds",
    "Seconds the stage took to load, models and imports.",
    "Above a minute: slow disk or CPU limit; start-up probes must allow for it.",
    "stage",
)
CACHE_LOOKUPS = _counter(
    "newsloom_cache_lookups",
    "Paragraphs looked up in tagging's cache, by result: `hit` or `miss`.",
    "Few hits are no fault, only slower: a stream with few copies.",
    "result",
)
GAZETTEER_ROWS = _gauge(
    "newsloom_gazetteer_rows",
    "Rows of the gazetteer in this worker.",
    "Differs between workers for long: one does not follow its topic; restart it.",
    "stage",
)

# Dedup.

WINDOW = _gauge(
    "newsloom_dedup_window_articles",
    "Articles that can be found as originals.",
    "At the bound of the window: the oldest leave early; shorten NEWSLOOM_COPY_WINDOW or give "
    "more memory.",
    "stage",
)
CANDIDATES = _histogram(
    "newsloom_dedup_candidates",
    "What an article was compared with: `article` (possible originals), `story` (open stories).",
    "At the upper bound for most: much of the stream is alike; look for boilerplate in bodies.",
    (0, 1, 2, 4, 6, 8),
    "of",
)
REBUILD_SECONDS = _gauge(
    "newsloom_dedup_rebuild_seconds",
    "Seconds the index took when it was last rebuilt from the stored rows.",
    "Minutes: the window is large; NEWSLOOM_STANDBY_REPLICAS does not help here, a shorter "
    "window does.",
    "stage",
)
OPEN_STORIES = _gauge(
    "newsloom_open_stories",
    "Stories that wait for articles, by how many they have.",
    "Nearly all with one article: articles find no story; check their languages and entities.",
    "articles",
)
STORY_CHANGES = _counter(
    "newsloom_story_changes",
    "Changes of stories: created, updated, merged, split, closed.",
    "Many merged or split: stories are unsteady; look at their reasons with `newsloom watch`.",
    "change",
)
ENRICHED = _counter(
    "newsloom_articles_enriched",
    "Enriched articles by language (the first 64 that a worker meets, then `other`).",
    "Much `und` or `other`: pages that are no articles, or a feed in a new language.",
    "language",
)
COPIES_BY_SOURCE = _gauge(
    "newsloom_copies_by_source",
    "Copies by the outlet that published them, for the 20 with most; a copy counts half after "
    "a day. Which outlets are shown changes at most once an hour.",
    "One outlet with nearly all: a feed that is read twice, or an aggregator.",
    "source",
)
STATE_BYTES = _gauge(
    "newsloom_state_bytes",
    "Bytes of the stage's tables on this worker's disk.",
    "Growing past what docs/quality.md leads to expect: expiry does not keep up.",
    "stage",
)
STATE_DISK_BYTES = _gauge(
    "newsloom_state_disk_bytes",
    "Size of the disk that holds the tables.",
    "Smaller than expected: the volume is not mounted, and state lies on the container's disk.",
    "stage",
)
STATE_DISK_FREE_BYTES = _gauge(
    "newsloom_state_disk_free_bytes",
    "Bytes free on that disk.",
    "Under a tenth: enlarge the volume or shorten NEWSLOOM_COPY_WINDOW, before RocksDB stops.",
    "stage",
)
