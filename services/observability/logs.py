"""Structured logs: one line an event, as JSON or coloured for a terminal.

Lines about a message carry `trace_id` and, if it is known, `article_id`. None contains the text of
an article (`error_logs.py`).
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import structlog

from services.observability import error_logs
from services.setting_names import unknown_variables
from services.settings import Settings

log = structlog.get_logger()


def report_unknown_settings() -> None:
    """Log a warning for each variable that looks like a setting and is none."""
    for sentence in unknown_variables(os.environ):
        log.warning("unknown_setting", reason=sentence)


def configure(settings: Settings, **context: Any) -> None:
    """Set up structlog and the standard library's logging, with `context` in every line."""
    as_json = settings.log_format == "json" or (
        settings.log_format == "auto" and not sys.stderr.isatty()
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda _logger, _method, event: {**context, **event},
        error_logs.processor,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    level = getattr(logging, settings.log_level.upper())
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, error_logs.first_line],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler.setFormatter(formatter)
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Only libraries log here, and much at INFO is noise. The loggers of Faust, mode and
    # aiokafka would format every message even if it is not shown.
    root.setLevel(max(level, logging.WARNING))
    for name in ("faust", "mode", "aiokafka"):
        logging.getLogger(name).setLevel(logging.WARNING)
