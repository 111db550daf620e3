"""The registry of what `newsloom run` starts: the stages, in order, and the exporter."""

from __future__ import annotations

from types import MappingProxyType

from schemas.topics import CLEAN, RAW, TAGGED
from services.settings import Settings

SOURCES = MappingProxyType({"cleaning": RAW, "tagging": CLEAN, "dedup": TAGGED})
"""The topic that each stage consumes, in the order in which an article passes the stages."""

STAGES: tuple[str, ...] = tuple(SOURCES)
"""The names of the stages, in the same order."""

EXPORTER = "exporter"
"""The service beside the stages: it measures consumer lag and sends the heartbeat article."""

PARTS: tuple[str, ...] = (*STAGES, EXPORTER)
"""Everything that `newsloom run` starts."""

_FIRST_PORT = 9101


def http_port(part: str, settings: Settings) -> int:
    """Return the port on which a part of `PARTS` serves its metrics and health checks.

    Without NEWSLOOM_HTTP_PORT the ports follow the order of `PARTS`, from 9101.
    """
    return _FIRST_PORT + PARTS.index(part) if settings.http_port is None else settings.http_port
