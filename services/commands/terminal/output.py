"""Consoles of the commands: results go to standard output, everything else to standard error."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.status import Status
from rich.text import Text

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that control a terminal, or show text in another order than it has."""

_WIDTH_ELSEWHERE = 1000
"""Columns outside a terminal, in a file or a pipe: wide enough that nothing is cut."""


class Harmless(RenderHook):
    """Removes control characters from printed text: titles come from strangers.

    The project's own colours and cursor movements are not text to rich, and are kept.
    """

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Wrap what is about to be printed."""
        return [_Cleaned(one) for one in renderables]


class _Cleaned:
    def __init__(self, inner: ConsoleRenderable) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text, style, control in console.render(self._inner, options):
            yield Segment(
                text if control else _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text),
                style,
                control,
            )


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Raise the error, which ends the command in order; rich would exit on the spot.

        `SystemExit` in a coroutine leaves tasks and connections behind, and their tracebacks.
        """
        raise BrokenPipeError(errno.EPIPE, "the reader of the output has ended")


def _console(*, stderr: bool) -> Console:
    console = _Console(stderr=stderr)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_ELSEWHERE
    console.push_render_hook(Harmless())
    return console


out = _console(stderr=False)
errors = _console(stderr=True)


def print_line(text: Text) -> None:
    """Print one line, cut at the width of the terminal."""
    out.print(text, no_wrap=True, overflow="ellipsis")


@contextmanager
def waiting(what: str) -> Iterator[Status]:
    """Show on standard error what is waited for; nothing outside a terminal."""
    status = errors.status(what)
    if not errors.is_terminal:
        yield status
        return
    with status:
        yield status


def progress() -> Progress:
    """Return a progress bar on standard error that disappears when it is done.

    Outside a terminal it prints nothing; rich would leave an empty line.
    """
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )


def steps(bar: Progress, what: str) -> tuple[Callable[[], None], Callable[[int], None]]:
    """Add a task to the bar; return a function for each step and one that sets the total."""
    task = bar.add_task(what, total=None)
    return lambda: bar.advance(task), lambda total: bar.update(task, total=total)
