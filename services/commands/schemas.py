"""`newsloom schemas export`: the contract as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from services import contract
from services.commands.output import out

app = typer.Typer(help="The contract as files: JSON Schema and AsyncAPI.")


@app.callback()
def group() -> None:
    """Make the files that other teams read."""


@app.command()
def export(
    folder: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("schemas"),
) -> None:
    """Write json/*.json and asyncapi.yaml from the models and the topic registry."""
    changed = contract.export(folder)
    for path in changed:
        out.print(f"wrote {path}", highlight=False)
    if not changed:
        out.print("Nothing has changed.")
