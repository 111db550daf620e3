"""Read a gazetteer from a CSV or JSONL file.

A CSV file has a header with the columns `id`, `name`, `type` and optionally `aliases`
and `ambiguous_aliases` (separated by `|`), `wikidata_id`, `case`, `match`, and a column for each
external id (`wikidata`, `ticker`, `lei`, …). A JSONL file has one row a line, with the fields of
`GazetteerRow`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from schemas.base import MAX_PAGE_CHARS
from schemas.gazetteer import GazetteerRow
from schemas.tags import ExternalIds
from services.messaging.misspelling import did_you_mean

ALIAS_SEPARATOR = "|"
"""Separates the aliases in a CSV cell."""

_LISTS = ("aliases", "ambiguous_aliases")
_COLUMNS = [
    *(field for field in GazetteerRow.model_fields if field != "external_ids"),
    *ExternalIds.model_fields,
]
"""Columns that a CSV file may have."""


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


def read_rows(
    path: Path, warn: Callable[[str], None] = lambda _: None
) -> Iterator[GazetteerRow | BadRowError]:
    """Yield each row of a file in order, or the error of a row that cannot be used.

    `warn` is called with a sentence about each part of a row that is ignored: a cell without a
    column, and a column or key that a row does not have.

    A file named `.csv` is read as CSV, any other as JSONL. Raises `OSError` where the file
    cannot be opened, and `BadRowError` where a CSV file has no usable header.
    """
    if path.suffix.lower() == ".csv":
        yield from _csv_rows(path, warn)
    else:
        yield from _json_rows(path, warn)


def _json_rows(path: Path, warn: Callable[[str], None]) -> Iterator[GazetteerRow | BadRowError]:
    warned: set[str] = set()
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = parse_row(line)
                for key in sorted(from_json(line).keys() - GazetteerRow.model_fields - warned):
                    warned.add(key)
                    warn(
                        f"line {number}: the unknown key {_unknown(key, GazetteerRow.model_fields)}"
                    )
                yield row
            except BadRowError as bad:
                yield BadRowError(f"line {number}: {bad}")


def _csv_rows(path: Path, warn: Callable[[str], None]) -> Iterator[GazetteerRow | BadRowError]:
    csv.field_size_limit(MAX_PAGE_CHARS)
    # utf-8-sig: spreadsheets write a byte order mark before the header.
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        table = csv.DictReader(lines)
        missing = {"id", "name", "type"} - set(table.fieldnames or ())
        if missing:
            raise BadRowError(f"line 1: no column {', '.join(sorted(missing))}")
        for column in table.fieldnames or ():
            if column not in _COLUMNS:
                warn(f"line 1: the unknown column {_unknown(column, _COLUMNS)}")
        while True:
            try:
                cells = next(table)
            except StopIteration:
                return
            except csv.Error as broken:
                yield BadRowError(f"line {table.line_num}: {broken}")
                continue
            if None in cells:  # as `csv` calls what is beyond the header
                warn(
                    f"line {table.line_num}: cells beyond the last column are ignored; a cell that "
                    "contains a comma needs quotation marks"
                )
            try:
                yield parse_row(_fields(cells))
            except BadRowError as bad:
                yield BadRowError(f"line {table.line_num}: {bad}")


def _unknown(name: str, known: Iterable[str]) -> str:
    return f"{name!r} is ignored{did_you_mean(name, known)}"


def _fields(cells: dict[str, str]) -> dict[str, Any]:
    filled = {name: cell.strip() for name, cell in cells.items() if isinstance(cell, str) and cell}
    fields: dict[str, Any] = {name: cell for name, cell in filled.items() if cell}
    for name in _LISTS:
        if name in fields:
            fields[name] = fields[name].split(ALIAS_SEPARATOR)
    ids = {name: fields.pop(name) for name in ExternalIds.model_fields if name in fields}
    if ids:
        fields["external_ids"] = ids
    return fields


def _error_text(invalid: ValidationError) -> str:
    parts = []
    for error in invalid.errors(include_url=False, include_input=False)[:3]:
        where = ".".join(str(part) for part in error["loc"])
        parts.append(f"{where}: {error['msg']}" if where else error["msg"])
    return "; ".join(parts)
