"""Text from outside cannot control the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.commands.terminal import output
from services.commands.terminal.output import Harmless

STEERING = "\x1b]0;owned\x07\x1b[2J\x9b1A\u202egnp"


def printed(what: object, **options: object) -> str:
    target = io.StringIO()
    console = Console(file=target, force_terminal=True, width=80, color_system=None)
    console.push_render_hook(Harmless())
    console.print(what, **options)  # type: ignore[arg-type]  # any options
    return target.getvalue()


@pytest.mark.parametrize("kind", ["text", "markup", "table"])
def test_control_characters_are_escaped(kind: str) -> None:
    table = Table("A")
    table.add_row(STEERING)
    shown = {
        "text": printed(Text(STEERING)),
        "markup": printed(STEERING, markup=False, soft_wrap=True),
        "table": printed(table),
    }[kind]

    assert not set(shown) & {"\x07", "\x1b", "\x9b", "\u202e"}
    assert "\N{REPLACEMENT CHARACTER}" in shown


def test_own_colours_and_other_scripts_are_kept() -> None:
    target = io.StringIO()
    console = Console(file=target, force_terminal=True, color_system="standard")
    console.push_render_hook(Harmless())
    console.print(Text("Паром יצא الباخرة\tab", "red"))

    assert "\x1b[31m" in target.getvalue()
    assert "Паром יצא الباخرة" in target.getvalue()


def test_progress_prints_nothing_outside_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    target = io.StringIO()
    monkeypatch.setattr(output, "errors", Console(file=target))

    with output.progress() as bar:
        step, sized = output.steps(bar, "reading")
        sized(2)
        step()

    assert target.getvalue() == ""
