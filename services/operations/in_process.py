"""Run the three stages one after another in this process, without Kafka.

They are the same functions as in the workers: for notebooks, batch jobs, scores and benchmarks.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.article import EnrichedArticle, RawArticle
from schemas.story import Story
from schemas.topics import CLEAN, ENRICHED, STORIES, TAGGED, Topic
from services.cleaning.stage import CleaningStage
from services.dedup.stage import DedupStage
from services.dedup.storage.row_store import InMemoryTables
from services.messaging.errors import Rejected
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord, Record
from services.processing.stage import DeadLettered, Result, Stage
from services.settings import Settings
from services.tagging.stage import TaggingStage

_NEXT = {"cleaning": CLEAN, "tagging": TAGGED}


@dataclass(frozen=True, slots=True)
class Ending:
    """The outcome of an article: enriched, or rejected by a stage; and the stories it changed.

    `sent` are the records that dedup sent for it.
    """

    enriched: EnrichedArticle | None
    stage: str
    rejected: Rejected | None = None
    stories: tuple[Story, ...] = ()
    sent: tuple[OutgoingRecord, ...] = ()


class Pipeline:
    """Processes raw articles as the workers would; `cpu_seconds` adds up by stage."""

    def __init__(
        self, settings: Settings | None = None, stateless: tuple[Stage, ...] | None = None
    ) -> None:
        """Load the stages; `stateless` are cleaning and tagging, if they are loaded already."""
        self._settings = settings or Settings()
        self._rows = InMemoryTables()
        if stateless is None:
            stateless = (CleaningStage(self._settings), TaggingStage(self._settings))
        self.stages: tuple[Stage, ...] = (*stateless, DedupStage(self._settings, self._rows))
        self.cpu_seconds: defaultdict[str, float] = defaultdict(float)
        self._offset = 0

    def fresh(self) -> Pipeline:
        """Return a pipeline without state that shares the loaded models."""
        return Pipeline(self._settings, self.stages[:2])

    def take(self, raw: RawArticle, at: datetime | None = None) -> Ending:
        """Process one article that arrives `at` (by default now), and return its outcome."""
        (ending,) = self.take_all([(raw, at or datetime.now(UTC))])
        return ending

    def take_all(self, articles: Iterable[tuple[RawArticle, datetime]]) -> list[Ending]:
        """Process articles together as a batch, and return their outcomes in the order given."""
        records = [self._arrived(raw_record(raw), at) for raw, at in articles]
        endings: dict[int, Ending] = {}
        waiting = list(enumerate(records))
        for stage in self.stages:
            started = time.process_time()
            results = stage.process([record for _, record in waiting])
            self.cpu_seconds[stage.name] += time.process_time() - started
            passed: list[tuple[int, Record]] = []
            for (number, record), result in zip(waiting, results, strict=True):
                self._rows.apply(result.changes)
                if isinstance(result, DeadLettered):
                    endings[number] = Ending(None, stage.name, result.rejected)
                elif stage.name in _NEXT:
                    sent = result.outgoing[0]
                    passed.append((number, _record(sent, record.timestamp, record.offset)))
                else:
                    endings[number] = _ending(result)
            waiting = passed
        return [endings[number] for number in range(len(records))]

    def _arrived(self, outgoing: OutgoingRecord, at: datetime) -> Record:
        self._offset += 1
        return _record(outgoing, at.timestamp(), self._offset)


def _record(outgoing: OutgoingRecord, timestamp: float, offset: int) -> Record:
    return Record(
        outgoing.topic.name, 0, offset, timestamp, outgoing.key, outgoing.value, outgoing.headers
    )


def _ending(result: Result) -> Ending:
    enriched = [EnrichedArticle.model_validate_json(value) for value in _values(result, ENRICHED)]
    stories = tuple(Story.model_validate_json(value) for value in _values(result, STORIES))
    return Ending(enriched[0] if enriched else None, "dedup", stories=stories, sent=result.outgoing)


def _values(result: Result, topic: Topic) -> Iterator[bytes]:
    return (one.value for one in result.outgoing if one.topic is topic and one.value is not None)
