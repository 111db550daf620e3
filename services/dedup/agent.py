"""The Faust agent of the dedup stage: tagged articles in, enriched articles and stories out."""

from __future__ import annotations

from typing import Any

from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES, TAGGED
from services.dedup.stage import DedupStage
from services.faust_adapter.app import StageApp
from services.faust_adapter.table_rows import TableRows
from services.messaging import trace_context
from services.settings import Settings

READS = TAGGED
WRITES = (ENRICHED, STORIES, DEAD_LETTERS)


def create_app(
    settings: Settings, bootstrap: str, spans: trace_context.Spans | None = None
) -> StageApp:
    """Create the Faust app that runs the dedup stage against the servers in `bootstrap`.

    The stage's state is in Faust tables, whose changelogs are topics too (`STATE_TABLES`).
    """
    rows = TableRows()
    stage = DedupStage(settings, rows)  # its `process` does the work
    app = StageApp(stage, settings, bootstrap, rows, spans=spans)

    @app.agent(app.channel_of(READS), name=stage.name)
    async def deduplicate(stream: Any) -> None:
        """Submit every tagged article to the runner, which processes it and sends to `WRITES`."""
        async for record in app.records(stream):
            await app.runner.submit(record)

    return app
