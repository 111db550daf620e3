"""Every metric, once. Each process serves its own under /metrics."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram, Info

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
_END_TO_END = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)

IN = Counter("newsloom_messages_in", "Messages taken from the stage's topic.", ["stage"])
OUT = Counter(
    "newsloom_messages_out",
    "Messages whose outputs the broker has confirmed, by outcome: the verdict, `passed`, "
    "`filtered` or `failed`.",
    ["stage", "outcome"],
)
ENDED = Counter(
    "newsloom_articles_ended",
    "Revisions that have reached their end here: enriched, filtered or failed.",
    ["stage"],
)
DEAD_LETTERS = Counter(
    "newsloom_dead_letters", "Messages that ended in the dead letters.", ["stage", "reason"]
)
FAILED_IN_A_ROW = Gauge(
    "newsloom_failed_in_a_row_messages",
    "Messages that failed one after another; the worker stops at NEWSLOOM_POISON_IN_A_ROW.",
    ["stage"],
)
FAILED_RATIO = Gauge(
    "newsloom_failed_ratio",
    "Share of the last messages that failed, 0 until there are NEWSLOOM_POISON_WINDOW; the "
    "worker stops at NEWSLOOM_POISON_RATIO.",
    ["stage"],
)
IN_PROGRESS = Gauge(
    "newsloom_messages_in_progress", "Messages taken and not yet settled.", ["stage"]
)
RETRIES = Counter("newsloom_retries", "Tries repeated after a transient failure.", ["stage"])
BATCH = Histogram(
    "newsloom_batch_messages", "Messages processed in one go.", ["stage"], buckets=_BATCHES
)
WORK_SECONDS = Histogram(
    "newsloom_work_seconds",
    "Seconds of work a message, without Kafka (a batch's time shared evenly).",
    ["stage"],
    buckets=_SECONDS,
)
LAST_PROCESSED = Gauge(
    "newsloom_last_processed_timestamp_seconds",
    "When the stage last settled a message, in seconds since the epoch.",
    ["stage"],
)
END_TO_END = Histogram(
    "newsloom_end_to_end_seconds",
    "Seconds from ingest (the raw record's Kafka timestamp) to a confirmed enriched message.",
    buckets=_END_TO_END,
)
LAG = Gauge(
    "newsloom_consumer_lag_messages",
    "Messages on the partition that are not yet settled.",
    ["stage", "topic", "partition"],
)
WINDOW = Gauge("newsloom_dedup_window_articles", "Articles that can be found as originals.")
OPEN_STORIES = Gauge("newsloom_open_stories", "Stories that wait for articles.")
STORY_CHANGES = Counter("newsloom_story_changes", "Versions of stories sent.", ["change"])
GAZETTEER_ROWS = Gauge("newsloom_gazetteer_rows", "Rows of the gazetteer in this worker.")
LOAD_SECONDS = Gauge(
    "newsloom_model_load_seconds", "Seconds the stage's model took to load.", ["stage"]
)
BUILD = Info("newsloom_build", "Version of Newsloom.")
