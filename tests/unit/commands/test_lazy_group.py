"""The list of commands is printed without their modules, and agrees with them."""

from __future__ import annotations

from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from services.cli import COMMANDS, app


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_has_the_first_sentence_of_the_help_of_a_command(name: str) -> None:
    own = COMMANDS[name].load(name).help or ""

    assert COMMANDS[name].help == " ".join(own.partition("\n\n")[0].split())


def test_the_version_is_printed() -> None:
    done = CliRunner().invoke(app, ["--version"])

    assert (done.exit_code, done.stdout) == (0, f"newsloom {version('newsloom-server')}\n")


def test_a_misspelt_command_is_reported_with_a_suggestion() -> None:
    done = CliRunner().invoke(app, ["wach"])

    assert done.exit_code == 2
    assert "Did you mean 'watch'?" in done.stderr
