"""The entry point, before any command is loaded."""

from __future__ import annotations

import pytest

from services import __main__ as command
from services import cli


def test_the_command_line_says_that_it_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _name: None)

    with pytest.raises(SystemExit, match="its loops are not compiled; install a C compiler"):
        command.main()


def test_a_library_that_a_command_misses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> None:
        raise ModuleNotFoundError("No module named 'selectolax'", name="selectolax")

    monkeypatch.setattr(cli, "main", run)

    with pytest.raises(SystemExit, match="the command line needs selectolax"):
        command.main()
