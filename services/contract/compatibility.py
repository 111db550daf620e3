"""Compare the present contract with the released ones: what would break, and what is new.

Forward compatibility: a reader of the last release accepts what is written now. Backward
compatibility: the present code accepts what any release wrote. Topics that users write are read by
Newsloom alone and only need the latter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.topics import PUBLIC
from services.contract.json_schemas import file_name, schema
from services.contract.schema_fields import news, redefined, removed
from services.contract.schema_fit import unreadable
from services.messaging.errors import UsageError

RELEASED = Path("json/released")
"""Folder of the released schemas, below `schemas/`."""

Schemas = Mapping[str, dict[str, Any]]
"""JSON Schemas by file name."""

_BACKWARD_ONLY = frozenset(file_name(topic) for topic in PUBLIC if topic.written_by_users)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a change would break: in which file, for whom, where and why."""

    file: str
    breaks: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}. It breaks {self.breaks}."


def present() -> dict[str, dict[str, Any]]:
    """Return the schemas of the present models."""
    return {file_name(topic): schema(topic) for topic in PUBLIC}


def releases(folder: Path) -> dict[str, Schemas]:
    """Return the schemas of each release below `folder`, oldest first."""
    found = sorted((folder / RELEASED).glob("*/"), key=lambda path: _number(path.name))
    return {
        path.name: {file.name: json.loads(file.read_text()) for file in sorted(path.glob("*.json"))}
        for path in found
    }


def release(folder: Path, version: str, *, again: bool) -> Path:
    """Store the present schemas as those of a release; return their folder.

    Raises `UsageError` if the release exists already, unless `again`.
    """
    if not _number(version):
        raise UsageError(f"{version!r} is not a version such as 1.2.0.")
    target = folder / RELEASED / version
    if target.exists() and not again:
        raise UsageError(f"{target} exists already; the schemas of a release never change.")
    target.mkdir(parents=True, exist_ok=True)
    for name, made in present().items():
        (target / name).write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
    return target


def faults(now: Schemas, released: Mapping[str, Schemas]) -> list[Fault]:
    """Return what the change from the releases (oldest first) to `now` would break."""
    found: dict[Fault, None] = {}
    for version, schemas in released.items():
        last = version == list(released)[-1]
        for file, old in schemas.items():
            if file not in now:
                gone = "it is gone; its messages may still lie on the topic"
                found[Fault(file, f"readers and replay of {version}", gone)] = None
                continue
            replay = f"the replay of messages of {version}"
            for one in (*unreadable(old, now[file]), *redefined(old, now[file])):
                found[Fault(file, replay, str(one))] = None
            readers = f"the writers of {version}" if _written(file) else f"readers of {version}"
            for one in removed(old, now[file]):
                found[Fault(file, readers, str(one))] = None
            if last and not _written(file):
                for one in unreadable(now[file], old):
                    found[Fault(file, f"readers of {version}", str(one))] = None
    return list(found)


def undocumented_changes(now: Schemas, last: Schemas, changelog: str, version: str) -> list[str]:
    """Return new or changed fields that the changelog does not name above the last release."""
    recent = changelog.split(f"\n## {version}\n", maxsplit=1)[0]
    return [
        f"{file}: {field}"
        for file, schema_now in now.items()
        for field in news(last.get(file, {}), schema_now)
        if f"`{field.rpartition('.')[2].rstrip('[]')}`" not in recent
    ]


def _written(file: str) -> bool:
    return file in _BACKWARD_ONLY


def _number(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else ()
