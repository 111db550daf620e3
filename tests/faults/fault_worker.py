"""Run a worker for the fault tests, with a trivial language model and an optional delay.

`python -m tests.faults.fault_worker run STAGE` does the same as `newsloom run STAGE`, but with
another model. The environment variable FAULT_SLOW is the delay of each message in seconds.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence

from schemas.tags import EntityType
from services import cli
from services.faust_adapter import worker
from services.faust_adapter.app import StageApp
from services.messaging import trace_context
from services.messaging.records import Record
from services.processing.stage import Result
from services.settings import Settings
from services.tagging import core
from services.tagging.span import Span
from services.tagging.stage import TaggingStage

NAME = re.compile(r"\b[A-Z][a-z]+(?:holm|vik|berg|mora)\b")
"""Matches the names that `invented_articles.py` generates."""


class InventedNamesModel:
    """A model that finds the invented names and nothing else."""

    name = "stub"
    version = "1"
    confidence = 1.0

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        return [
            [Span(found.start(), found.end(), EntityType.PLACE) for found in NAME.finditer(text)]
            for text in texts
        ]


def tagging_of_invented_names(settings: Settings | None = None) -> TaggingStage:
    """Make a tagging stage that uses `InventedNamesModel` for every language.

    Other stages of this process keep the real models.
    """
    real = vars(core)["default_loaders"]
    _find_invented_names()
    try:
        return TaggingStage(settings or Settings())
    finally:
        vars(core)["default_loaders"] = real


def _find_invented_names() -> None:
    loaders = dict.fromkeys(("en", "de", "fr", "es"), InventedNamesModel)
    vars(core)["default_loaders"] = lambda _onnx_folder: loaders


def _slowed(app: StageApp, seconds: float) -> None:
    process = app.stage.process

    def slow(records: Sequence[Record]) -> list[Result]:
        time.sleep(seconds * len(records))
        return process(records)

    app.stage.process = slow  # type: ignore[method-assign]  # the fault


def main() -> None:
    _find_invented_names()
    build, seconds = worker.build, float(os.environ.get("FAULT_SLOW", "0"))

    def built(
        name: str, settings: Settings, bootstrap: str, spans: trace_context.Spans | None = None
    ) -> StageApp:
        app = build(name, settings, bootstrap, spans)
        if seconds:
            _slowed(app, seconds)
        return app

    worker.build = built
    cli.main()


if __name__ == "__main__":
    main()
