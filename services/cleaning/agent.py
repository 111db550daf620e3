"""The Faust agent of the cleaning stage: raw articles in, clean articles out."""

from __future__ import annotations

from typing import Any

from schemas.topics import CLEAN, DEAD_LETTERS, RAW
from services.cleaning.stage import CleaningStage
from services.cleaning.warm_up import warm_up
from services.faust_adapter.app import StageApp
from services.messaging import trace_context
from services.settings import Settings

READS = RAW
WRITES = (CLEAN, DEAD_LETTERS)


def create_app(
    settings: Settings, bootstrap: str, spans: trace_context.Spans | None = None
) -> StageApp:
    """Create the Faust app that runs the cleaning stage against the servers in `bootstrap`."""
    warm_up()
    stage = CleaningStage(settings)  # its `process` does the work
    app = StageApp(stage, settings, bootstrap, spans=spans)

    @app.agent(app.channel_of(READS), name=stage.name)
    async def clean(stream: Any) -> None:
        """Submit every raw article to the runner, which processes it and sends to `WRITES`."""
        async for record in app.records(stream):
            await app.runner.submit(record)

    return app
