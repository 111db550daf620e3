"""Read the rows on the gazetteer topic, and work out what changes when a pack is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from schemas.gazetteer import GazetteerRow
from schemas.topics import GAZETTEER
from services.kafka import topic_scan
from services.tagging.gazetteer.file import BadRowError, parse_row


@dataclass(frozen=True, slots=True)
class PackChanges:
    """What has to be sent so that the topic has the rows of a pack."""

    put: list[GazetteerRow]
    """Rows that are new or differ from the stored ones."""
    removed: list[str]
    """Ids of stored rows of the pack that it does not have any more."""
    unchanged: int
    kept: int
    """How many rows of the pack are left out because a row of your own has the id."""


async def stored_rows(servers: str) -> dict[str, GazetteerRow | None]:
    """Return the current rows by key; None for one that tagging can't use."""
    rows: dict[str, GazetteerRow | None] = {}
    async with aclosing(topic_scan.stored(servers, [GAZETTEER.name])) as records:
        async for record in records:
            key = (record.key or b"").decode("utf-8", "replace")
            if record.value is None:
                rows.pop(key, None)
                continue
            try:
                rows[key] = parse_row(record.value)
            except BadRowError:
                rows[key] = None
    return rows


def pack_changes(
    pack: str, rows: Iterable[GazetteerRow], stored: Mapping[str, GazetteerRow | None]
) -> PackChanges:
    """Compare the rows of a pack with the stored ones; rows from elsewhere are never replaced."""
    put: list[GazetteerRow] = []
    ids: set[str] = set()
    unchanged = kept = 0
    for row in rows:
        ids.add(row.id)
        current = stored.get(row.id)
        if current is not None and current.pack != pack:
            kept += 1
        elif current == row:
            unchanged += 1
        else:
            put.append(row)
    removed = [one for one in pack_ids(pack, stored) if one not in ids]
    return PackChanges(put, removed, unchanged, kept)


def pack_ids(pack: str, stored: Mapping[str, GazetteerRow | None]) -> list[str]:
    """Return the ids of the stored rows that were loaded from a pack."""
    return [key for key, row in stored.items() if row is not None and row.pack == pack]


def encode_row(row: GazetteerRow) -> bytes:
    """Return the value of a row's record."""
    return row.model_dump_json(exclude_defaults=True).encode()
