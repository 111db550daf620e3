"""Restore tables only from a changelog that fits the local copy; else drop the copy first.

Faust takes a checkpoint before the changelog's start as if no record had been there, and mixes old
rows with new ones. A checkpoint beyond the changelog's end makes it crash at every start. The
changelog is what every worker can read, so it decides: a copy that does not fit is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import structlog
from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from faust.types import TP

from services.faust_adapter.rocksdb_store import RebuildingStore
from services.observability import metrics
from services.processing.checkpoint import Misfit, misfit

log = structlog.get_logger()

_EXPLAINED = {
    Misfit.BEFORE_START: "the changelog has lost records that come after its checkpoint",
    Misfit.BEYOND_END: "the changelog ends before its checkpoint: it was made again, or cut off",
}


def export_metrics(stage: str) -> None:
    """Export the metrics of a stage's recovery as 0, so that their first change is an increase."""
    for reason in Misfit:
        metrics.STATE_MISFITS.labels(stage, reason)


class CheckedRecovery(Recovery):
    """Faust's recovery, which drops each local copy that does not fit its changelog."""

    async def _build_offsets(
        self, consumer: Any, tps: set[TP], destination: Any, title: str
    ) -> None:
        if tps:
            starts = await consumer.earliest_offsets(*tps)
            ends = await consumer.highwaters(*tps)
            self._drop_misfits(tps, destination, starts, ends)
        await super()._build_offsets(consumer, tps, destination, title)

    def _drop_misfits(
        self,
        tps: set[TP],
        checkpoints: Any,
        starts: Mapping[TP, int],
        ends: Mapping[TP, int],
    ) -> None:
        for tp in sorted(tps):
            reason = misfit(checkpoints[tp], starts[tp], ends[tp])
            if reason is None:
                continue
            app: Any = self.app
            metrics.STATE_MISFITS.labels(app.stage.name, reason).inc()
            log.error(
                "state_misfit",
                changelog=tp.topic,
                partition=tp.partition,
                why=_EXPLAINED[reason],
                checkpoint=checkpoints[tp],
                changelog_start=starts[tp],
                changelog_end=ends[tp],
                now="the local rows are dropped and rebuilt from what the changelog has",
            )
            table: Any = self.tp_to_table[tp]
            cast("RebuildingStore", table.data).drop_partition(tp.partition, _EXPLAINED[reason])
            checkpoints[tp] = None


class CheckedTableManager(TableManager):
    """Faust's table manager with the checked recovery."""

    @property
    def recovery(self) -> Recovery:
        """Return the recovery service; it is made at the first call."""
        if self._recovery is None:
            self._recovery = CheckedRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery
