"""Word the failures of a command: one sentence each."""

from __future__ import annotations

from aiokafka.errors import KafkaError
from pydantic import ValidationError

from services.commands.terminal.output import errors
from services.messaging.errors import NewsloomError


def report(error: Exception) -> None:
    """Print the failure on standard error; raise the error again if it is a fault of the code."""
    sentence = sentence_of(error)
    if sentence is None:
        raise error
    errors.print(
        f"newsloom: {sentence}", style="red", markup=False, highlight=False, soft_wrap=True
    )


def sentence_of(error: Exception) -> str | None:
    """Return the failure in one sentence, or None for an error that no command expects."""
    if isinstance(error, NewsloomError):
        return str(error)
    if isinstance(error, ValidationError):
        return _setting_error(error)
    if isinstance(error, KafkaError):
        return f"Kafka returned an error: {error}"
    if isinstance(error, OSError):
        return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
    return None


def _setting_error(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if not first[
        "loc"
    ]:  # concerns several settings; its input contains all of them, including secrets
        return f"The settings do not fit: {first['msg'].removeprefix('Value error, ')}."
    name = "_".join(map(str, first["loc"])).upper()
    value = "" if "PASSWORD" in name else f" (it is {first['input']!r})"
    return f"Setting NEWSLOOM_{name} is wrong: {first['msg']}{value}."
