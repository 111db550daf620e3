"""`newsloom settings`: list every setting, its value and its meaning."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from pydantic import SecretStr
from rich.table import Column, Table

from services.commands.terminal.json_output import AsJson, print_rows
from services.commands.terminal.output import errors, out
from services.setting_names import unknown_variables
from services.settings import Settings, settings


def show(*, as_json: AsJson = False) -> None:
    """List every setting: its environment variable, its value (secrets masked), its meaning.

    Variables that begin with NEWSLOOM_ and are no setting are named on standard error.
    """
    rows = list(_rows(settings()))
    if as_json:
        print_rows(rows)
    else:
        table = Table(Column("Variable", no_wrap=True), "Value", "Meaning", box=None)
        for row in rows:
            default = " (default)" if row["default"] else ""
            table.add_row(row["variable"], f"{row['value']}{default}", row["meaning"])
        out.print(table)
    for sentence in unknown_variables(os.environ):
        errors.print(sentence, style="yellow", highlight=False, soft_wrap=True)


def _rows(config: Settings) -> Iterator[dict[str, Any]]:
    for name, field in type(config).model_fields.items():
        value = getattr(config, name)
        yield {
            "variable": f"NEWSLOOM_{name.upper()}",
            "value": "********" if isinstance(value, SecretStr) else str(value),
            "default": name not in config.model_fields_set,
            "meaning": field.description or "",
        }
