"""Errors as log lines: where they happened, and their words only where those can be told.

The message of an error may quote what it failed on (pydantic quotes the value, `int` the
string), and so an article's text. Frames and source lines never do.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

from aiokafka.errors import KafkaError

from services.messaging.errors import NewsloomError, Rejected

_TOLD = (NewsloomError, KafkaError, OSError, ImportError, MemoryError, RecursionError)
"""Errors whose words are written by this project or speak of the system alone."""


def words(error: BaseException) -> str:
    """Type and message of an error; the type alone where the message might quote a text."""
    name = type(error).__name__
    tellable = isinstance(error, _TOLD) and not isinstance(error, Rejected)
    return f"{name}: {error}" if tellable and str(error) else name


def frames(error: BaseException) -> str:
    """The error's traceback, and those of what caused it, in Python's form."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    parts = [frames(before), "\n\nwhich led to:\n\n"] if before is not None else []
    parts += ["Traceback (most recent call last):\n", *traceback.format_tb(error.__traceback__)]
    return "".join([*parts, words(error)])


def processor(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A structlog processor: `exc_info` becomes `exception`, a text that can be told."""
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
    """A structlog processor for other libraries' lines: asyncio quotes errors below the first."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event
