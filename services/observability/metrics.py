"""Define every metric: its name, its type, its meaning, and what to do when its value is bad.

Each process exposes its own metrics at /metrics. `docs/metrics.md` is generated from this file by
`make metrics`. A label takes few values and never free text from articles; the two labels whose
values come from outside are bounded (`services/observability/label_cardinality.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram, Info


@dataclass(frozen=True, slots=True)
class Metric:
    """The description of one metric, as shown in the documentation."""

    name: str
    kind: str
    labels: tuple[str, ...]
    meaning: str
    remedy: str

    @property
    def exposed(self) -> tuple[str, ...]:
        """Return the names of its time series in Prometheus."""
        endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
        return tuple(self.name + ending for ending in endings.get(self.kind, ("",)))


VOCABULARY: list[Metric] = []
"""The descriptions of all metrics, in the order of this file."""

# The buckets are dense around the measured times (docs/quality.md): 2 to 10 ms of work per
# article in batches of 1 to 32, 0.17 s (p50) and 0.25 s (p99) end to end.
_BATCH_WORK = (
    *(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75),
    *(1, 2, 5, 10, 30, 60, 300),
)
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


# Messages that pass through a stage.

IN = _counter(
    "newsloom_messages_in",
    "Messages consumed from the stage's input topic, including heartbeats.",
    "Constant while the lag grows: the worker is stuck; check its log and /readyz.",
    "stage",
)
OUT = _counter(
    "newsloom_messages_out",
    "Messages completed, by outcome: `passed` (cleaning, tagging), the verdict "
    "(dedup), `filtered`, `failed`, `broadcast` and `not_mine` (copies of a "
    "retraction), `heartbeat`.",
    "Many `failed`: check newsloom_dead_letters_total for the reason.",
    "stage",
    "outcome",
)
ENDED = _counter(
    "newsloom_articles_ended",
    "Article revisions that have reached their final outcome in this stage: enriched, "
    "filtered or failed.",
    "The sum over all stages follows the publication rate; if it falls behind, check the lag.",
    "stage",
)
IN_PROGRESS = _gauge(
    "newsloom_messages_in_progress",
    "Messages consumed and not yet completed.",
    "At NEWSLOOM_BATCH_SIZE times NEWSLOOM_BATCHES_IN_FLIGHT for long: the broker "
    "acknowledges slowly.",
    "stage",
)
BATCH = _histogram(
    "newsloom_batch_messages",
    "Messages per batch.",
    "Always at NEWSLOOM_BATCH_SIZE: the stage is behind; add workers.",
    _BATCHES,
    "stage",
)
BATCH_WORK_SECONDS = _histogram(
    "newsloom_batch_work_seconds",
    "Processing time of a batch in seconds, without Kafka. A stage processes the messages of a "
    "batch together, so there is no time of a single message. The mean for each message is the "
    "sum of this metric divided by that of newsloom_batch_messages.",
    "Rising while newsloom_batch_messages is not: larger pages, an ineffective cache, or other "
    "processes competing for the CPU; compare the mean for each message with docs/quality.md.",
    _BATCH_WORK,
    "stage",
)
RETRIES = _counter(
    "newsloom_retries",
    "Retries after a transient failure.",
    "Rising: the log event `retrying` states the cause; after NEWSLOOM_RETRIES "
    "retries the worker restarts.",
    "stage",
)
BATCH_FAULTS = _counter(
    "newsloom_batch_faults",
    "Batches whose processing raised an exception although each message alone was processed "
    "without one.",
    "Rising: a fault in the stage; the log event `batch_failed` has the exception and its place. "
    "No message is lost, but each of the batch was processed twice.",
    "stage",
)
DEAD_LETTERS = _counter(
    "newsloom_dead_letters",
    "Messages written to the dead letter topic, by reason (docs/dead-letters.md).",
    "List them with `newsloom dead-letters list`; docs/dead-letters.md says what to "
    "do for each reason.",
    "stage",
    "reason",
)
FAILED_IN_A_ROW = _gauge(
    "newsloom_failed_in_a_row_messages",
    "Consecutive failed messages; the worker stops at NEWSLOOM_POISON_IN_A_ROW.",
    "Rising: a faulty release or a faulty producer; see docs/dead-letters.md.",
    "stage",
)
FAILED_RATIO = _gauge(
    "newsloom_failed_ratio",
    "Share of failed messages among the last NEWSLOOM_POISON_WINDOW messages, 0 until "
    "that many have been processed; the worker stops at NEWSLOOM_POISON_RATIO.",
    "Rising: see newsloom_failed_in_a_row_messages.",
    "stage",
)
POSITION_RESETS = _counter(
    "newsloom_position_resets",
    "Partitions that the stage did not read on at its committed offset, by reason: `no_commit` "
    "(no committed offset, or it has expired), `expired` (the records were deleted before the "
    "stage read them), `beyond_end` (the topic was made again or lost records).",
    "The log event `position_reset` names the partition and the offsets; docs/reliability.md "
    "says where the stage reads on.",
    "stage",
    "reason",
)
EXPIRED = _counter(
    "newsloom_messages_expired",
    "Messages that were deleted from the stage's input topic before the stage read them.",
    "More than 0: the stage was down or behind for longer than the topic's retention; "
    "publish these articles again.",
    "stage",
)
LAST_PROCESSED = _gauge(
    "newsloom_last_processed_timestamp_seconds",
    "Time at which the stage last completed a message, in seconds since the epoch.",
    "Old while the lag is not 0: the worker is stuck; restart it and check its log.",
    "stage",
)
END_TO_END = _histogram(
    "newsloom_end_to_end_seconds",
    "Seconds from ingestion (the Kafka timestamp of the raw record) to the "
    "acknowledged enriched message, without heartbeats.",
    "Rising: find the stage whose lag grows, and add workers to it.",
    _END_TO_END,
)

# Health.

READY = _gauge(
    "newsloom_ready",
    "1 if the worker has its partitions assigned and processes messages, else 0.",
    "0 for long: /readyz states the cause; dedup may be recovering its state.",
    "stage",
)
HEARTBEAT = _gauge(
    "newsloom_heartbeat_timestamp_seconds",
    "Time at which the last heartbeat article that the stage completed was sent, in "
    "seconds since the epoch; its age is `time()` minus this value.",
    "Old: the first stage with an old heartbeat is the one that is stuck.",
    "stage",
)
HEARTBEATS_SENT = _counter(
    "newsloom_heartbeats_sent",
    "Heartbeat articles that the exporter has published to the raw topic.",
    "Constant: the exporter cannot publish; check its log.",
)
LAG = _gauge(
    "newsloom_consumer_lag_messages",
    "Messages of the partition after the committed offset of the stage, as reported "
    "by the broker: correct whether the workers run, hang or are down.",
    "Growing: add workers to the stage, up to its number of partitions. Growing for a "
    "single partition: its worker is stuck.",
    "stage",
    "topic",
    "partition",
)
LAG_MEASURED = _gauge(
    "newsloom_lag_measured_timestamp_seconds",
    "Time at which the exporter last read all lags from the broker, in seconds since the epoch.",
    "Old: the exporter cannot reach the broker; do not trust the lags.",
)
BUILD = Info("newsloom_build", "Version of Newsloom and of Python.")
_note(
    "gauge",
    "newsloom_build_info",
    "Always 1; the labels are the versions of Newsloom and of Python.",
    "Several versions for long: a rollout has not completed.",
    ("version", "python"),
)

# Tagging, and what a stage loads.

LOAD_SECONDS = _gauge(
    "newsloom_model_load_seconds",
    "Seconds that the stage took to import its modules and load its models.",
    "Above a minute: a slow disk or a low CPU limit; startup probes must allow for it.",
    "stage",
)
CACHE_LOOKUPS = _counter(
    "newsloom_cache_lookups",
    "Lookups of paragraphs in the cache of tagging, by result: `hit` or `miss`.",
    "Few hits are not a fault: the stream has few near-duplicates, and tagging is slower.",
    "result",
)
GAZETTEER_ROWS = _gauge(
    "newsloom_gazetteer_rows",
    "Rows of the gazetteer that this worker has loaded.",
    "Different between workers for long: one does not follow the gazetteer topic; restart it.",
    "stage",
)

# Dedup.

WINDOW = _gauge(
    "newsloom_dedup_window_articles",
    "Articles that can be found as originals.",
    "At NEWSLOOM_WINDOW_ARTICLES: the oldest articles are removed early; shorten "
    "NEWSLOOM_COPY_WINDOW or provide more memory.",
    "stage",
)
CANDIDATES = _histogram(
    "newsloom_dedup_candidates",
    "Candidates that an article was compared with: `article` (possible originals), "
    "`story` (open stories).",
    "At the upper bound for most articles: much of the stream is similar; check the "
    "bodies for boilerplate.",
    (0, 1, 2, 4, 6, 8),
    "of",
)
STATE_MISFITS = _counter(
    "newsloom_state_misfits",
    "Local tables that were dropped because their checkpoint does not fit the changelog, by "
    "reason: `before_start` (the changelog lost records after it), `beyond_end` (the changelog "
    "was made again or lost its end).",
    "More than 0: the changelog has lost rows, and with them verdicts; see docs/runbook.md.",
    "stage",
    "reason",
)
REBUILD_SECONDS = _gauge(
    "newsloom_dedup_rebuild_seconds",
    "Seconds that the last rebuild of the index from the stored rows took.",
    "Minutes: the window is large; shorten it. NEWSLOOM_STANDBY_REPLICAS has no "
    "effect on the rebuild.",
    "stage",
)
OPEN_STORIES = _gauge(
    "newsloom_open_stories",
    "Open stories, by number of articles.",
    "Nearly all with one article: articles match no story; check their languages and entities.",
    "articles",
)
STORY_CHANGES = _counter(
    "newsloom_story_changes",
    "Changes of stories: created, updated, merged, split, closed.",
    "Many merged or split: stories are unstable; check the reasons with `newsloom watch`.",
    "change",
)
STORIES_UNSENT = _counter(
    "newsloom_stories_unsent",
    "Story messages that could not be made. The articles of the batch are not affected.",
    "Always zero: see `story_unsent` in the log. The story's next change sends its state again.",
)
ENRICHED = _counter(
    "newsloom_articles_enriched",
    "Enriched articles by language (the first 64 languages that a worker sees, then `other`).",
    "Many `und` or `other`: pages that are not articles, or a feed in a new language.",
    "language",
)
COPIES_BY_SOURCE = _gauge(
    "newsloom_copies_by_source",
    "Near-duplicates by the outlet that published them, for the 20 outlets with the "
    "most; the count has a half-life of one day. The set of outlets shown changes at "
    "most once an hour.",
    "One outlet with nearly all: a feed that is read twice, or an aggregator.",
    "source",
)
STATE_BYTES = _gauge(
    "newsloom_state_bytes",
    "Size in bytes of the stage's tables on the disk of this worker.",
    "Larger than docs/quality.md predicts: expiry does not keep up.",
    "stage",
)
STATE_DISK_BYTES = _gauge(
    "newsloom_state_disk_bytes",
    "Size in bytes of the disk that holds the tables.",
    "Smaller than expected: the volume is not mounted, and the state is on the "
    "container's own disk.",
    "stage",
)
STATE_DISK_FREE_BYTES = _gauge(
    "newsloom_state_disk_free_bytes",
    "Free bytes on the disk that holds the tables.",
    "Below a tenth of the disk: enlarge the volume or shorten NEWSLOOM_COPY_WINDOW "
    "before RocksDB stops.",
    "stage",
)
