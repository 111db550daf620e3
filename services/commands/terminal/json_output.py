"""Print results as JSON, one object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object per line, for pipes.")]


def print_rows(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print each row at once; values that JSON does not have are printed as texts."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()
