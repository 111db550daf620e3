"""`newsloom settings`: list every setting, its value and its meaning."""

from __future__ import annotations

import os

from pydantic import SecretStr
from rich.table import Column, Table

from services.commands.terminal.output import errors, out
from services.setting_names import unknown_variables
from services.settings import settings


def show() -> None:
    """List every setting: its environment variable, its value (secrets masked), its meaning.

    Variables that begin with NEWSLOOM_ and are no setting are named on standard error.
    """
    config = settings()
    table = Table(Column("Variable", no_wrap=True), "Value", "Meaning", box=None)
    for name, field in type(config).model_fields.items():
        value = getattr(config, name)
        shown = "********" if isinstance(value, SecretStr) else str(value)
        if name not in config.model_fields_set:
            shown += " (default)"
        table.add_row(f"NEWSLOOM_{name.upper()}", shown, field.description or "")
    out.print(table)
    for sentence in unknown_variables(os.environ):
        errors.print(sentence, style="yellow", highlight=False, soft_wrap=True)
