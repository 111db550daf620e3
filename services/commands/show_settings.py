"""`newsloom settings`: list every setting, its value and its meaning."""

from __future__ import annotations

from pydantic import SecretStr
from rich.table import Column, Table

from services.commands.terminal.output import out
from services.settings import settings


def show() -> None:
    """List every setting: its environment variable, its value (secrets masked), its meaning."""
    config = settings()
    table = Table(Column("Variable", no_wrap=True), "Value", "Meaning", box=None)
    for name, field in type(config).model_fields.items():
        value = getattr(config, name)
        shown = "********" if isinstance(value, SecretStr) else str(value)
        if name not in config.model_fields_set:
            shown += " (default)"
        table.add_row(f"NEWSLOOM_{name.upper()}", shown, field.description or "")
    out.print(table)
