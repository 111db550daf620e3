"""Define the command line `newsloom`.

Every failure is reported in one sentence, with a non-zero exit status.
"""

from __future__ import annotations

import logging
import sys

import typer
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from services.commands import (
    broker,
    check,
    dead_letters,
    demo,
    diff,
    doctor,
    explain,
    gazetteer,
    publish,
    replay,
    run,
    schemas,
    show_settings,
    topics,
    watch,
)
from services.commands.terminal.output import errors
from services.messaging.errors import NewsloomError

app = typer.Typer(
    name="newsloom",
    help="Newsloom turns a Kafka stream of raw news articles into clean, "
    "entity-tagged, de-duplicated articles, grouped into stories. Try "
    "`newsloom demo` first; `newsloom doctor` checks the installation, and "
    "`newsloom COMMAND --help` explains a command.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
app.add_typer(broker.app, name="broker")
app.add_typer(topics.app, name="topics")
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(schemas.app, name="schemas")
app.command("run")(run.run)
app.command("publish")(publish.publish)
app.command("watch")(watch.watch)
app.command("check")(check.check)
app.command("demo")(demo.demo)
app.command("replay")(replay.replay)
app.command("diff")(diff.diff)
app.command("explain")(explain.explain)
app.command("doctor")(doctor.doctor)
app.command("settings")(show_settings.show)

_INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 plus the number of the signal."""


def main() -> None:
    """Run the command line. Errors are printed without a traceback."""
    # Connection failures are reported below in one sentence; hide the log lines of aiokafka.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    try:
        app(prog_name="newsloom")
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except NewsloomError as error:
        _fail(str(error))
    except ValidationError as error:
        _fail(_setting_error(error))
    except KafkaError as error:
        _fail(f"Kafka returned an error: {error}")
    except OSError as error:
        _fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")


def _setting_error(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if not first[
        "loc"
    ]:  # concerns several settings; its input contains all of them, including secrets
        return f"The settings do not fit: {first['msg'].removeprefix('Value error, ')}."
    name = "_".join(map(str, first["loc"])).upper()
    value = "" if "PASSWORD" in name else f" (it is {first['input']!r})"
    return f"Setting NEWSLOOM_{name} is wrong: {first['msg']}{value}."


def _fail(sentence: str) -> None:
    errors.print(
        f"newsloom: {sentence}", style="red", markup=False, highlight=False, soft_wrap=True
    )
    sys.exit(1)
