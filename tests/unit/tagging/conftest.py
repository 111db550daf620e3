"""Provide a tagger with the real model, and one with a model that marks only given words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pytest

from schemas.tags import Entity, EntityType
from services.tagging.core import Tagger, Tags, TextToTag
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.models.registry import ModelRegistry
from services.tagging.places.place_data import load_places
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import Span

PERSON, ORGANISATION, PLACE, GROUP = (
    EntityType.PERSON,
    EntityType.ORGANISATION,
    EntityType.PLACE,
    EntityType.GROUP,
)


class WordModel:
    """A model that marks the given words, and records the texts that it reads."""

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
def places() -> PlaceIndex:
    return load_places()


@pytest.fixture
def make_tagger(places: PlaceIndex) -> MakeTagger:
    """Return a function that creates an English tagger whose model marks only the given names."""

    def make(words: Mapping[str, EntityType]) -> Tagger:
        models = ModelRegistry({"en": lambda: WordModel(words)})
        return Tagger(models, places, Gazetteer(), ParagraphCache(100_000))

    return make


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    """Return a tagger with the real English model, loaded once."""
    return Tagger.load()


def tag(tagger: Tagger, body: str, title: str = "", language: str = "en") -> Tags:
    return tagger.tag_batch([TextToTag(title, body, language)])[0]


def named(tags: Tags, name: str) -> Entity:
    """Return the only entity with that name."""
    found = [entity for entity in tags.entities if entity.name == name]
    assert len(found) == 1, [entity.name for entity in tags.entities]
    return found[0]


def mentions(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions]


def check_slices(article: TextToTag, tags: Tags) -> None:
    """Assert that the offsets of mentions and quotations give their text."""
    for entity in tags.entities:
        for mention in entity.mentions:
            text = article.title if mention.field == "title" else article.body
            assert text[mention.start : mention.end] == mention.text
    for quote in tags.quotes:
        assert article.body[quote.start : quote.end] == quote.text
