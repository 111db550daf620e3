"""Print the tables of scores and benchmarks, and write their figures to files."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

REPORTS = Path("build/reports")


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Print a table in plain text, and return it."""
    cells = [[*head]] + [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = [title, ""]
    for number, row in enumerate(cells):
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
        if number == 0:
            lines.append("  ".join("-" * width for width in widths))
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    print(text, flush=True)  # noqa: T201 - the command's output
    return text


def write(name: str, figures: dict[str, float | int | str]) -> Path:
    """Write flat figures to build/reports/NAME.json."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    path = REPORTS / f"{name}.json"
    path.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def progress(text: str) -> None:
    """Print a line about the progress of a long run to stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the command's output


def _text(cell: object) -> str:
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)
