"""The shards of a worker: loaded for each partition, kept or dropped in a rebalance."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator

import structlog

from services.dedup.core import Shard
from services.dedup.settings import DedupSettings
from services.dedup.storage.row_store import RowStore

log = structlog.get_logger()


class AssignedShards:
    """The shards of the languages in this worker's partitions.

    A language is in one partition, which is that of its messages. Where a method does not name
    the partition it is that of the store, which the caller sets to that of the message.
    """

    def __init__(self, settings: DedupSettings, store: RowStore) -> None:
        self._settings = settings
        self._store = store
        self._shards: dict[int, dict[str, Shard | None]] = {}
        """By partition and language; None for one that is to be loaded again."""
        self._unchecked: set[int] = set()
        """Partitions with shards from before the last assignment."""
        self.rebuild_seconds = 0.0
        """How long the shards loaded since the last assignment took."""

    def __iter__(self) -> Iterator[tuple[str, Shard]]:
        """Iterate over the languages and their shards, as far as they are loaded."""
        for shards in self._shards.values():
            yield from ((language, shard) for language, shard in shards.items() if shard)

    def on_assign(self, partitions: Collection[int]) -> None:
        """Drop the shards of all partitions but these; the others are checked before use."""
        for partition in self._shards.keys() - set(partitions):
            self._drop(partition)
        self._unchecked = set(self._shards)
        self.rebuild_seconds = 0.0

    def prepare(self, partition: int) -> None:
        """Load the shards of a partition, unless they are in memory and agree with the rows.

        They do not agree if another worker had the partition meanwhile, or if changes of this
        worker were not stored before the partition was revoked.
        """
        self._store.partition = partition
        if partition in self._unchecked:
            if not self._store.is_unchanged(partition):
                self._drop(partition)
            self._unchecked.discard(partition)
        else:
            self._store.is_stored(partition)
        if partition not in self._shards:
            self._load_all(partition)

    def _load_all(self, partition: int) -> None:
        # Noted first: what another worker changes while the rows are read is noticed then.
        self._store.remember(partition)
        languages = self._store.languages(partition)
        loaded: dict[str, Shard | None] = {one: self._load(one) for one in languages}
        self._shards[partition] = loaded

    def _load(self, language: str) -> Shard:
        started = time.perf_counter()
        shard = Shard(self._settings, self._store.rows_of(language))
        shard.load(self._store.rows(language))
        self.rebuild_seconds += time.perf_counter() - started
        return shard

    def _drop(self, partition: int) -> None:
        self._shards.pop(partition, None)
        self._store.discard_changes(partition)

    def languages(self) -> list[str]:
        """Return the languages of the present partition."""
        return list(self._shards.get(self._store.partition, ()))

    def get(self, language: str) -> Shard:
        """Return the shard of a language, loaded from its rows if it is not in memory."""
        shards = self._shards.setdefault(self._store.partition, {})
        shard = shards.get(language)
        if shard is None:
            shard = shards[language] = self._load(language)
        return shard

    def rollback(self, language: str, mark: int) -> None:
        """Undo a decision that failed since a mark (`Shard.mark`).

        If that is not possible, the shard is loaded again when it is needed next.
        """
        shards = self._shards[self._store.partition]
        shard = shards[language]
        assert shard is not None, "a shard that has decided is loaded"
        try:
            shard.rollback(mark)
        except Exception as error:  # noqa: BLE001 - whatever it is, the rows are correct
            log.warning("shard_dropped", language=language, error=type(error).__name__)
            shards[language] = None
