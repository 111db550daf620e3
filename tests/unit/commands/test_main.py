"""The entry point, before any command is loaded."""

from __future__ import annotations

import pytest

from services import __main__ as command


def test_the_command_line_says_that_it_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda _name: None)

    with pytest.raises(SystemExit, match="its loops are not compiled; install a C compiler"):
        command.main()
