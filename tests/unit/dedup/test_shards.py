"""Shards are loaded when they are needed and dropped with their partition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar, Self

import pytest

from services.dedup.core import Shard
from services.dedup.settings import DedupSettings
from services.dedup.shards import AssignedShards
from services.dedup.stage import DedupStage
from services.dedup.storage.row_store import RowStore
from services.messaging.errors import Reason
from services.messaging.records import Record
from services.processing.stage import DeadLettered, Result, RowChange
from services.settings import Settings
from tests.unit.dedup.make import PersistedShard, article, prose
from tests.unit.dedup.test_stage import record, sent_messages


class PartitionedTables:
    """Tables in memory, one for each partition, that count scans and changes."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[tuple[str, str], bytes]] = {}
        self.scans: Counter[str] = Counter()
        """How often the rows of each language have been read."""
        self._offsets: Counter[int] = Counter()
        self._known: dict[int, int] = {}

    def first_key(self, table: str, partition: int, start: str) -> str | None:
        keys = (key for name, key in self.rows.get(partition, {}) if name == table)
        return min((key for key in keys if key >= start), default=None)

    def items(self, table: str, partition: int, prefix: str) -> Iterator[tuple[str, bytes]]:
        self.scans[prefix.rstrip("|")] += table == "articles"
        for (name, key), row in sorted(self.rows.get(partition, {}).items()):
            if name == table and key.startswith(prefix):
                yield key, row

    def get(self, table: str, key: str, partition: int) -> bytes | None:
        return self.rows.get(partition, {}).get((table, key))

    def remember(self, partition: int) -> None:
        self._known[partition] = self._offsets[partition]

    def is_unchanged(self, partition: int) -> bool:
        return self._known[partition] == self._offsets[partition]

    def apply(self, partition: int, changes: tuple[RowChange, ...]) -> None:
        """Store changes of this worker."""
        self.recover(partition, changes)
        self._known[partition] = self._offsets[partition]

    def recover(self, partition: int, changes: tuple[RowChange, ...]) -> None:
        """Store changes of another worker, as if they were read from the changelog."""
        for change in changes:
            self._offsets[partition] += 1
            rows = self.rows.setdefault(partition, {})
            if change.value is None:
                rows.pop((change.table, change.key), None)
            else:
                rows[change.table, change.key] = change.value


PARTITIONS = {"en": 3, "fr": 5, "de": 5}


def on_partition(number: int, language: str, **fields: Any) -> Record:
    source = record(number, language=language, **fields)
    return replace(source, partition=PARTITIONS[language])


def take(stage: DedupStage, tables: PartitionedTables, *records: Record) -> list[Result]:
    results = stage.process(records)
    for one, result in zip(records, results, strict=True):
        tables.apply(one.partition, result.changes)
    return results


@pytest.fixture
def tables() -> PartitionedTables:
    """Return tables with rows of three languages in two partitions."""
    made = PartitionedTables()
    stage = DedupStage(Settings(), made)
    for number, language in enumerate(["en", "fr", "de"] * 3):
        take(stage, made, on_partition(number, language))
    made.scans.clear()
    return made


def all_languages(first: int) -> list[Record]:
    return [on_partition(first + number, language) for number, language in enumerate(PARTITIONS)]


def test_only_the_partition_of_a_message_is_loaded(tables: PartitionedTables) -> None:
    take(DedupStage(Settings(), tables), tables, on_partition(20, "fr"))

    assert tables.scans == {"de": 1, "fr": 1}


def test_shards_of_a_partition_that_is_kept_are_not_loaded_again(tables: PartitionedTables) -> None:
    stage = DedupStage(Settings(), tables)
    take(stage, tables, *all_languages(20))
    tables.scans.clear()

    stage.on_assign({3})
    take(stage, tables, on_partition(30, "en"))
    assert not tables.scans
    stage.on_assign({3, 5})
    take(stage, tables, *all_languages(40))

    assert tables.scans == {"de": 1, "fr": 1}


def test_the_shards_of_a_revoked_partition_are_dropped(tables: PartitionedTables) -> None:
    shards = AssignedShards(DedupSettings(), RowStore(tables))
    for partition in (3, 5):
        shards.prepare(partition)

    shards.on_assign({5, 6})

    assert [language for language, _shard in shards] == ["de", "fr"]


def test_results_after_a_rebalance_are_those_of_a_worker_that_loads_everything(
    tables: PartitionedTables,
) -> None:
    other = PartitionedTables()
    other.rows = {partition: dict(rows) for partition, rows in tables.rows.items()}
    stage = DedupStage(Settings(), tables)
    for first in (20, 30, 40):
        stage.on_assign({3} if first == 30 else {3, 5})
        fresh = DedupStage(Settings(), other)
        records = [one for one in all_languages(first) if first != 30 or one.partition == 3]

        answers = [sent_messages(one) for one in take(stage, tables, *records)]

        assert answers == [sent_messages(one) for one in take(fresh, other, *records)]
        assert tables.rows == other.rows


def test_a_shard_whose_rows_another_worker_has_changed_is_loaded_again(
    tables: PartitionedTables,
) -> None:
    """This worker was temporarily removed from its group without noticing it."""
    stage = DedupStage(Settings(), tables)
    take(stage, tables, *all_languages(20))
    other = DedupStage(Settings(), tables)
    original = on_partition(30, "fr", body=prose(7))
    (result,) = other.process([original])
    tables.recover(original.partition, result.changes)
    tables.scans.clear()

    stage.on_assign({3, 5})
    copy = on_partition(31, "fr", body=prose(7), source="other.example")
    answer, _ = take(stage, tables, copy, on_partition(32, "en"))

    assert b'"kind":"copy"' in (sent_messages(answer)[0][1] or b"")
    assert tables.scans == {"de": 1, "fr": 1}


@pytest.mark.parametrize("stored", [0, 1, 2])
def test_a_shard_with_decisions_that_were_not_stored_is_loaded_again(
    tables: PartitionedTables, stored: int
) -> None:
    """The drain took too long, and the messages are redelivered."""
    stage = DedupStage(Settings(), tables)
    take(stage, tables, *all_languages(20))
    late = on_partition(30, "fr", body=prose(7))
    (expected,) = DedupStage(Settings(), tables).process([late])
    tables.scans.clear()
    (lost,) = stage.process([late])
    tables.apply(late.partition, lost.changes[:stored])

    stage.on_assign({3, 5})
    (again,) = take(stage, tables, late)

    assert tables.scans == {"de": 1, "fr": 1}
    assert sent_messages(again) == sent_messages(expected)


def test_records_that_are_processed_alone_see_changes_that_are_not_stored_yet(
    tables: PartitionedTables,
) -> None:
    """The runner does this to find the record that makes a batch fail, and stores rows later."""
    stage = DedupStage(Settings(), tables)
    body = prose(7)
    records = [on_partition(30, "en", body=body), on_partition(31, "en", body=body, source="x.y")]

    results = [stage.process([one])[0] for one in records]

    assert b'"kind":"copy"' in (sent_messages(results[1])[0][1] or b"")
    assert b'"article_count":2' in (sent_messages(results[1])[1][1] or b"")


def failing_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the decision on every article with the title "bad" fail at its end."""
    decide = Shard.decide

    def failing(shard: Shard, one: Any, message: Any) -> Any:
        decision = decide(shard, one, message)
        if one.title == "bad":
            raise ZeroDivisionError("boom")
        return decision

    monkeypatch.setattr(Shard, "decide", failing)


def test_failing_articles_do_not_cause_the_rows_to_be_read(
    tables: PartitionedTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_articles(monkeypatch)
    stage = DedupStage(Settings(), tables)
    take(stage, tables, *all_languages(20))
    tables.scans.clear()

    for number in range(30, 60):
        bad, good = take(
            stage, tables, on_partition(number, "fr", title="bad"), on_partition(number + 50, "en")
        )
        assert isinstance(bad, DeadLettered)
        assert bad.rejected.reason is Reason.PROCESSING
        assert not isinstance(good, DeadLettered)
    assert not tables.scans


def test_only_a_shard_that_cannot_be_undone_is_loaded_again_and_only_once(
    tables: PartitionedTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_articles(monkeypatch)
    stage = DedupStage(Settings(), tables)
    take(stage, tables, *all_languages(20))
    tables.scans.clear()

    def broken(_: Shard, __: int) -> None:
        raise KeyError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(Shard, "rollback", broken)
        take(stage, tables, on_partition(30, "fr", title="bad"))
    assert not tables.scans
    take(stage, tables, *all_languages(40))

    assert tables.scans == {"fr": 1}


class CountedRow(bytes):
    """A row whose class counts its instances in memory."""

    alive: ClassVar[int] = 0
    most: ClassVar[int] = 0

    def __new__(cls, data: bytes) -> Self:
        CountedRow.alive += 1
        CountedRow.most = max(CountedRow.most, CountedRow.alive)
        return super().__new__(cls, data)

    def __del__(self) -> None:
        CountedRow.alive -= 1


class ManyRows(PartitionedTables):
    """Tables that generate the rows of two languages while they are read."""

    def __init__(self, number: int) -> None:
        super().__init__()
        dedup = PersistedShard()
        dedup.take(article("one", ""))
        self._row = next(
            row
            for (table, key), row in dedup.rows.rows.items()
            if table == "articles" and key != "~journal"
        )
        self._number = number
        self.rows[3] = {("articles", f"{language}|a"): b"" for language in ("en", "fr")}

    def get(self, table: str, key: str, partition: int) -> bytes | None:  # noqa: ARG002
        return None

    def items(
        self,
        table: str,
        partition: int,  # noqa: ARG002
        prefix: str,
    ) -> Iterator[tuple[str, bytes]]:
        if table == "articles":
            for number in range(self._number):
                yield f"{prefix}{number}", CountedRow(self._row)


def test_a_rebuild_holds_a_bounded_number_of_rows() -> None:
    shards = AssignedShards(DedupSettings(), RowStore(ManyRows(12_000)))

    shards.prepare(3)

    assert [language for language, _shard in shards] == ["en", "fr"]
    assert 0 < CountedRow.most <= 4002
