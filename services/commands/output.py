"""Where the commands write: results to standard output, the rest to standard error."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

out = Console()
errors = Console(stderr=True)


def progress() -> Progress:
    """A progress bar on standard error, gone when it is done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    )


def steps(bar: Progress, what: str) -> tuple[Callable[[], None], Callable[[int], None]]:
    """A task of the bar: what to call for each step of it, and once it is known how many."""
    task = bar.add_task(what, total=None)
    return lambda: bar.advance(task), lambda total: bar.update(task, total=total)
