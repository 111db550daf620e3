"""People by rule in languages without a model, on invented paragraphs marked by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.tagging.core import Tagger
from tests.unit.tagging.conftest import PERSON, tag

MIN_PRECISION, MIN_RECALL = 0.95, 0.9

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("rule_people.jsonl").read_text("utf-8").splitlines()
]


def _people(tagger: Tagger, case: dict[str, Any]) -> set[str]:
    tags = tag(tagger, case["body"], language=case["language"])
    return {entity.name for entity in tags.entities if entity.type is PERSON}


def test_rules_find_the_people_of_languages_without_a_model(tagger: Tagger) -> None:
    right = found = wanted = 0
    for case in CASES:
        people = _people(tagger, case)
        right += len(people & set(case["people"]))
        found += len(people)
        wanted += len(case["people"])

    assert right / found >= MIN_PRECISION
    assert right / wanted >= MIN_RECALL


@pytest.mark.parametrize("language", ["de", "es", "it", "pt", "nl"])
def test_the_provenance_says_that_rules_found_the_people(tagger: Tagger, language: str) -> None:
    tags = tag(tagger, "Nada.", language=language)

    assert tags.tagging.name == f"rules-{language}"
    assert tags.tagging.confidence == pytest.approx(0.5)


def test_a_quotation_in_german_has_its_speaker(tagger: Tagger) -> None:
    body = "„Wir haben keine Wahl und müssen jetzt schließen“, sagte Ida Falk."

    assert [quote.speaker for quote in tag(tagger, body, language="de").quotes] == ["Ida Falk"]
