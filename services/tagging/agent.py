"""The Faust agent of the tagging stage: clean articles in, tagged articles out."""

from __future__ import annotations

from functools import partial
from typing import Any

from schemas.topics import CLEAN, DEAD_LETTERS, TAGGED
from services.faust_adapter.app import StageApp
from services.messaging import trace_context
from services.settings import Settings
from services.tagging.gazetteer.sync import GazetteerSync
from services.tagging.stage import TaggingStage

READS = CLEAN
WRITES = (TAGGED, DEAD_LETTERS)


def create_app(
    settings: Settings, bootstrap: str, spans: trace_context.Spans | None = None
) -> StageApp:
    """Create the Faust app that runs the tagging stage against the servers in `bootstrap`.

    Beside its source topic the app reads the whole gazetteer topic, without a consumer group.
    """
    gazetteer_sync = GazetteerSync()
    stage = TaggingStage(settings, gazetteer_sync)  # its `process` does the work
    app = StageApp(stage, settings, bootstrap, spans=spans)
    app.task(partial(gazetteer_sync.run, bootstrap))

    @app.agent(app.channel_of(READS), name=stage.name)
    async def tag(stream: Any) -> None:
        """Submit every clean article to the runner, which processes it and sends to `WRITES`."""
        async for record in app.records(stream):
            await app.runner.submit(record)

    return app
