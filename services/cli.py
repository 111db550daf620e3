"""Define the command line `newsloom`.

Every failure is reported in one sentence, with a non-zero exit status. The modules of the commands
are imported when a command is used, so that `newsloom --help` does not wait for Kafka's clients.
"""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from importlib.metadata import version
from types import MappingProxyType
from typing import Annotated

import typer

from services.commands.lazy_group import MARKUP, LazyCommand, lazy_group

COMMANDS = MappingProxyType(
    {
        "run": LazyCommand(
            "services.commands.run",
            "run",
            "Run one part in this process, or several as supervised processes.",
        ),
        "publish": LazyCommand(
            "services.commands.publish",
            "publish",
            "Publish articles, and print each refused article with the reason.",
        ),
        "explain": LazyCommand(
            "services.commands.explain",
            "explain",
            "Clean articles without a broker, and print each candidate for the publication date.",
        ),
        "watch": LazyCommand(
            "services.commands.watch",
            "watch",
            "Print enriched articles and stories as they arrive, until Ctrl-C.",
        ),
        "check": LazyCommand(
            "services.commands.check",
            "check",
            "Audit delivery: compare every raw message with its outcome.",
        ),
        "demo": LazyCommand(
            "services.commands.demo",
            "demo",
            "Run the whole pipeline on sample articles and check the result.",
        ),
        "replay": LazyCommand(
            "services.commands.replay",
            "replay",
            "Process raw articles again with this version and its settings, beside the present "
            "outputs.",
        ),
        "diff": LazyCommand(
            "services.commands.diff",
            "diff",
            "Compare the outputs of two sets of topics: outcomes, fields, and grouping into "
            "stories.",
        ),
        "doctor": LazyCommand(
            "services.commands.doctor",
            "doctor",
            "Check the settings, Java, the Kafka jars, the broker, its topics and the model files.",
        ),
        "settings": LazyCommand(
            "services.commands.show_settings",
            "show",
            "List every setting: its environment variable, its value (secrets masked), its "
            "meaning.",
        ),
        "broker": LazyCommand(
            "services.commands.broker",
            "app",
            "Start and stop the development broker: Apache Kafka on a single node.",
        ),
        "topics": LazyCommand(
            "services.commands.topics",
            "app",
            "Create the topics, and compare the cluster with the topic registry.",
        ),
        "gazetteer": LazyCommand(
            "services.commands.gazetteer",
            "app",
            "Manage the gazetteer: entities to tag, with your own names and ids.",
        ),
        "dead-letters": LazyCommand(
            "services.commands.dead_letters",
            "app",
            "List, inspect and redrive dead letters: messages that were filtered out or could not "
            "be processed.",
        ),
        "schemas": LazyCommand(
            "services.commands.schemas",
            "app",
            "Export, check, release and register the contract: JSON Schema and AsyncAPI files.",
        ),
    }
)

app = typer.Typer(
    name="newsloom",
    cls=lazy_group(COMMANDS),
    help="Newsloom turns a Kafka stream of raw news articles into clean, "
    "entity-tagged, de-duplicated articles, grouped into stories. Try "
    "`newsloom demo` first; `newsloom doctor` checks the installation, and "
    "`newsloom COMMAND --help` explains a command.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=MARKUP,
)

_INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 plus the number of the signal."""


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the signature of an option's callback
    if wanted:
        sys.stdout.write(f"newsloom {version('newsloom-server')}\n")
        raise typer.Exit


@app.callback()
def newsloom(
    *,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """Take the options that come before the name of a command."""


def main() -> None:
    """Run the command line. Errors are printed without a traceback."""
    # Connection failures are reported below in one sentence; hide the log lines of aiokafka.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    try:
        app(prog_name="newsloom")
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - what is no failure of a command is raised again
        import_module("services.commands.terminal.failures").report(error)
        sys.exit(1)
    finally:
        _flush_output()


def _flush_output() -> None:
    """Flush standard output; drop what is left if its reader has ended, as `head` does.

    Python would flush it later, and print an error that no command can catch.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
