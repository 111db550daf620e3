"""Quotations of every kind in many languages; the model marks exactly the people of each case.

A case of `quotation_kinds.jsonl` lists what must be found, with the speaker (null stands for
any), and what may be in no quotation.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.languages.registry import languages
from services.tagging.core import Tagger
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.models.registry import ModelRegistry
from services.tagging.places.place_index import PlaceIndex
from tests.unit.tagging.conftest import PERSON, WordModel, tag

MIN_ENGLISH_VERBS = 400

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("quotation_kinds.jsonl").read_text("utf-8").splitlines()
]


def _name(case: dict[str, Any]) -> str:
    return f"{case['kind']}-{case['language']}-{case['body'][:20]}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_quotations_of_every_kind_are_found_with_their_speakers(
    places: PlaceIndex, case: dict[str, Any]
) -> None:
    model = WordModel(dict.fromkeys(case["people"], PERSON))
    models = ModelRegistry({case["language"]: lambda: model})
    tagger = Tagger(models, places, Gazetteer(), ParagraphCache(100_000))

    tags = tag(tagger, case["body"], language=case["language"])

    found = {quote.text: quote.speaker for quote in tags.quotes}
    for text, speaker in case["spoken"]:
        assert text in found
        assert speaker in (None, found[text])
    assert not [text for text in found if any(words in text for words in case["never"])]


@pytest.mark.parametrize("code", sorted(languages()))
def test_every_language_has_verbs_of_speech(code: str) -> None:
    words = languages()[code].quotations

    assert words is not None
    assert len(set(words.speech_verbs)) >= 20


def test_english_has_the_common_verbs_of_speech() -> None:
    words = languages()["en"].quotations

    assert words is not None
    assert len({*words.speech_verbs, *words.weak_speech_verbs}) >= MIN_ENGLISH_VERBS
