"""Run the cases of tagging and of stories, with the real models and stages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from schemas.article import RawArticle
from services.operations.in_process import Pipeline
from services.tagging.core import Tagger, Tags, TextToTag
from tests.quality.case_files import CaseFiles

Row = Mapping[str, Any]

_START = datetime(2031, 6, 17, 8, tzinfo=UTC)


@cache
def _tagger() -> Tagger:
    return Tagger.load()


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def _tags(files: CaseFiles, row: Row) -> Tags:
    text = json.loads(files.read(row["case"], ".json"))
    (tags,) = _tagger().tag_batch([TextToTag(text["title"], text["body"], text["language"])])
    return tags


def run_entities(files: CaseFiles, row: Row) -> Any:
    """Return pairs of name and type, for all names in the text; the expected must be among them."""
    return {
        (name, entity.type.value)
        for entity in _tags(files, row).entities
        for name in (entity.name, *(mention.text for mention in entity.mentions))
    }


def run_quotes(files: CaseFiles, row: Row) -> Any:
    """Return the quotations as pairs of text and speaker; the expected ones must be among them."""
    tags = _tags(files, row)
    return {(quote.text, quote.speaker) for quote in tags.quotes}


def run_stories(files: CaseFiles, row: Row) -> Any:
    """Return a letter for each article's story, and the kinds of their verdicts."""
    pipeline = _pipeline().fresh()
    letters: dict[str | None, str] = {}
    stories, verdicts = "", []
    for item in json.loads(files.read(row["case"], ".json")):
        at = _START + timedelta(hours=item.pop("hours"))
        ending = pipeline.take(RawArticle.model_validate(item), at)
        if ending.enriched is None:
            return f"{ending.stage}: {ending.rejected}"
        story = ending.enriched.story_id
        stories += letters.setdefault(story, "ABCDEFGH"[len(letters)])
        verdicts.append(ending.enriched.verdict.kind.value)
    return stories, verdicts
