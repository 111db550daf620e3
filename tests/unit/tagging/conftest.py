"""A tagger with the real model, loaded once, and one with a model that knows a few words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pytest

from schemas.tags import Entity, EntityType
from services.tagging.core import Tagger, Tags, TextToTag
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.models.registry import Models
from services.tagging.places import place_index
from services.tagging.places.place_index import PlaceNames
from services.tagging.span import Span

PERSON, ORGANISATION, PLACE, GROUP = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
)


class WordModel:
    """Marks the words it was given wherever they stand, and counts what it reads."""

    name, version, confidence = "words", "1", 0.5

    def __init__(self, words: Mapping[str, EntityType]) -> None:
        self.words = words
        self.read: list[str] = []

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        self.read.extend(texts)
        return [self._find(text) for text in texts]

    def _find(self, text: str) -> list[Span]:
        if not self.words:
            return []
        listed = sorted(self.words, key=len, reverse=True)
        pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in listed)
        return [
            Span(match.start(), match.end(), self.words[match.group()])
            for match in re.finditer(pattern, text)
        ]


MakeTagger = Callable[[Mapping[str, EntityType]], Tagger]


@pytest.fixture(scope="session")
def book() -> PlaceNames:
    return place_index.load()


@pytest.fixture
def make_tagger(book: PlaceNames) -> MakeTagger:
    """Make an English tagger whose model knows the given names and no others."""

    def make(words: Mapping[str, EntityType]) -> Tagger:
        models = Models({"en": lambda: WordModel(words)})
        return Tagger(models, book, Gazetteer(), ParagraphCache(100_000))

    return make


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    """The real thing."""
    return Tagger.load()


def tag(tagger: Tagger, body: str, title: str = "", language: str = "en") -> Tags:
    return tagger.tag_batch([TextToTag(title, body, language)])[0]


def named(tags: Tags, name: str) -> Entity:
    """Return the one entity of that name."""
    found = [entity for entity in tags.entities if entity.name == name]
    assert len(found) == 1, [entity.name for entity in tags.entities]
    return found[0]


def mentions(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions]


def check_slices(article: TextToTag, tags: Tags) -> None:
    """Every offset counts in the text it names."""
    for entity in tags.entities:
        for mention in entity.mentions:
            text = article.title if mention.field == "title" else article.body
            assert text[mention.start : mention.end] == mention.text
    for quote in tags.quotes:
        assert article.body[quote.start : quote.end] == quote.text
