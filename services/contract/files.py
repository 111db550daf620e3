"""The contract as files: a JSON Schema for each message, and the AsyncAPI document."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from schemas.topics import PUBLIC
from services.contract.asyncapi import document
from services.contract.json_schemas import file_name, schema


def documents() -> dict[str, str]:
    """Return every generated file: its name below `schemas/`, and its text."""
    made = {
        f"json/{file_name(topic)}": json.dumps(schema(topic), indent=2, ensure_ascii=False) + "\n"
        for topic in PUBLIC
    }
    # By way of JSON: what stands in several places is written out in each, without aliases.
    plain = json.loads(json.dumps(document()))
    made["asyncapi.yaml"] = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)
    return made


def export(folder: Path) -> list[Path]:
    """Write the generated files below `folder`; return those that changed."""
    changed = []
    for name, text in documents().items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            changed.append(path)
    return changed
