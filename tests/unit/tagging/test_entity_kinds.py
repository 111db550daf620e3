"""Names of every kind, with the real models: titles, months, towns, streets, teams, headlines.

A case of `entity_kinds.jsonl` lists names with their types that must be among the names and
mentions, and names that must not be; `*` stands for any type. With `distinct`, no two entities
have the same name.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.tagging.core import Tagger, TextToTag

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("entity_kinds.jsonl").read_text("utf-8").splitlines()
]


def _name(case: dict[str, Any]) -> str:
    return f"{case['kind']}-{case['language']}-{(case['title'] or case['body'])[:24]}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_names_of_every_kind_have_their_bounds_and_types(
    tagger: Tagger, case: dict[str, Any]
) -> None:
    article = TextToTag(case["title"], case["body"], case["language"])

    (tags,) = tagger.tag_batch([article])

    found = {
        (name, entity.type.value)
        for entity in tags.entities
        for name in (entity.name, *(mention.text for mention in entity.mentions))
    }
    any_type = {(name, "*") for name, _ in found}
    assert {tuple(pair) for pair in case["names"]} <= found | any_type
    assert not {tuple(pair) for pair in case["never"]} & (found | any_type)
    names = [entity.name.lower().rstrip(".") for entity in tags.entities]
    assert not case.get("distinct") or len(set(names)) == len(names)
