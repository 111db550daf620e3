"""Log errors without quoting articles: where they happened, and messages that are safe.

The message of an error may quote the value it failed on (pydantic quotes the value, `int` the
string), and so an article's text. Frames and source lines never do.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

from aiokafka.errors import KafkaError

from services.messaging.errors import NewsloomError, Rejected

_SAFE_ERRORS = (NewsloomError, KafkaError, OSError, ImportError, MemoryError, RecursionError)
"""Errors whose messages are written by this project or are about the system alone."""


def describe(error: BaseException) -> str:
    """Return type and message of an error, or the type alone if the message might quote a text."""
    name = type(error).__name__
    tellable = isinstance(error, _SAFE_ERRORS) and not isinstance(error, Rejected)
    return f"{name}: {error}" if tellable and str(error) else name


def frames(error: BaseException) -> str:
    """Return the error's traceback, and those of its causes, in Python's format."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [frames(before), "\n\nwhich led to:\n\n"] if before is not None else []
    parts += ["Traceback (most recent call last):\n", *traceback.format_tb(error.__traceback__)]
    return "".join([*parts, describe(error)])


def processor(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace `exc_info` by `exception`, a text that is safe to log (a structlog processor)."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = frames(error)
    return event


def first_line(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep only the first line of other libraries' log lines, as asyncio quotes errors below it."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event
