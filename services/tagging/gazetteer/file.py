"""Read a gazetteer from a CSV or JSONL file.

A CSV file has a header with the columns `id`, `name`, `type` and optionally `aliases`
(separated by `|`), `wikidata_id`, `case`. A JSONL file has one row a line, with the fields of
`GazetteerRow`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schemas.base import MAX_PAGE_CHARS
from schemas.gazetteer import GazetteerRow

ALIAS_SEPARATOR = "|"
"""Separates the aliases in a CSV cell."""


class BadRowError(ValueError):
    """A row that cannot be used; the message says why, and in a file on which line."""


def parse_row(data: bytes | str | dict[str, Any]) -> GazetteerRow:
    """Parse a row from a JSON text or from its fields; raise `BadRowError` where it is invalid."""
    try:
        if isinstance(data, dict):
            return GazetteerRow.model_validate(data)
        return GazetteerRow.model_validate_json(data)
    except ValidationError as invalid:
        raise BadRowError(_error_text(invalid)) from invalid


def read_rows(path: Path) -> Iterator[GazetteerRow | BadRowError]:
    """Yield each row of a file in order, or the error of a row that cannot be used.

    A file named `.csv` is read as CSV, any other as JSONL. Raises `OSError` where the file
    cannot be opened, and `BadRowError` where a CSV file has no usable header.
    """
    if path.suffix.lower() == ".csv":
        yield from _csv_rows(path)
    else:
        yield from _json_rows(path)


def _json_rows(path: Path) -> Iterator[GazetteerRow | BadRowError]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield parse_row(line)
            except BadRowError as bad:
                yield BadRowError(f"line {number}: {bad}")


def _csv_rows(path: Path) -> Iterator[GazetteerRow | BadRowError]:
    csv.field_size_limit(MAX_PAGE_CHARS)
    # utf-8-sig: spreadsheets write a byte order mark before the header.
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        table = csv.DictReader(lines)
        missing = {"id", "name", "type"} - set(table.fieldnames or ())
        if missing:
            raise BadRowError(f"line 1: no column {', '.join(sorted(missing))}")
        while True:
            try:
                cells = next(table)
            except StopIteration:
                return
            except csv.Error as broken:
                yield BadRowError(f"line {table.line_num}: {broken}")
                continue
            try:
                yield parse_row(_fields(cells))
            except BadRowError as bad:
                yield BadRowError(f"line {table.line_num}: {bad}")


def _fields(cells: dict[str, str]) -> dict[str, Any]:
    filled = {name: cell.strip() for name, cell in cells.items() if isinstance(cell, str) and cell}
    fields: dict[str, Any] = {name: cell for name, cell in filled.items() if cell}
    if "aliases" in fields:
        fields["aliases"] = fields["aliases"].split(ALIAS_SEPARATOR)
    return fields


def _error_text(invalid: ValidationError) -> str:
    parts = []
    for error in invalid.errors(include_url=False, include_input=False)[:3]:
        where = ".".join(str(part) for part in error["loc"])
        parts.append(f"{where}: {error['msg']}" if where else error["msg"])
    return "; ".join(parts)
