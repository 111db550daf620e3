"""Tagging as one pure function: from a clean article's text to its entities and quotes."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schemas.article import Provenance
from schemas.tags import Entity, Quote
from services.tagging.document import Draft, TextToTag
from services.tagging.entities.assembly import build_entities
from services.tagging.entities.document_rules import apply_document_rules
from services.tagging.entities.span_cleanup import clean_spans
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.models.base import LanguageModel
from services.tagging.models.batch_prediction import read_batch
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.models.registry import Loader, Models, default_loaders
from services.tagging.places import place_index
from services.tagging.places.place_index import PlaceNames
from services.tagging.quotes.attribution import attribute_quotes
from services.tagging.span import Hit, Span

__all__ = ["NO_MODEL", "Tagger", "Tags", "TextToTag"]

RULES_VERSION = "1"
"""Version of the document rules; increased with every change that changes results."""

NO_MODEL = Provenance(name="none", version=RULES_VERSION, confidence=0.0)
"""Provenance of an article in a language without a model: gazetteer and rules alone."""

CACHE_CHARS = 20_000_000
"""Size of the paragraph cache by default: about 20 million characters, some 60 MB."""

MAX_QUOTES = 1000
"""Limit of the contract; later quotes are left out."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What tagging adds to an article."""

    entities: list[Entity]
    quotes: list[Quote]
    tagging: Provenance


class Tagger:
    """The models, the place names, the gazetteer and the cache.

    Of these only the gazetteer changes results while the tagger lives; the cache never does.
    """

    def __init__(
        self, models: Models, book: PlaceNames, gazetteer: Gazetteer, cache: ParagraphCache
    ) -> None:
        self.models = models
        self.gazetteer = gazetteer
        self.cache = cache
        self._book = book

    @classmethod
    def load(
        cls,
        *,
        preload: Sequence[str] = ("en",),
        onnx_folder: Path | None = None,
        cache_chars: int = CACHE_CHARS,
        gazetteer: Gazetteer | None = None,
        loaders: Mapping[str, Loader] | None = None,
    ) -> Tagger:
        """Load a tagger (about 3 s with the English model).

        Models of the languages in `preload` are loaded now, others when they are first needed;
        `onnx_folder` names a token-classification model to use for English; `cache_chars` bounds
        the paragraph cache, 0 turns it off; `loaders` replaces the models altogether. Raises
        `ModelMissingError` if a preloaded model is missing.
        """
        models = Models(default_loaders(onnx_folder) if loaders is None else loaders)
        with _without_garbage_collection():
            for language in preload:
                models.require(language)
            book = place_index.load()
        return cls(
            models,
            book,
            Gazetteer() if gazetteer is None else gazetteer,
            ParagraphCache(cache_chars),
        )

    def tag_batch(self, articles: Sequence[TextToTag]) -> list[Tags]:
        """Return the tags of each article, in order; the batch does not influence the result."""
        drafts = [Draft.of(article) for article in articles]
        models = [self.models.of(article.language) for article in articles]
        spans = read_batch(drafts, models, self.cache)
        return [
            self._tag(draft, model, found)
            for draft, model, found in zip(drafts, models, spans, strict=True)
        ]

    def _tag(
        self, draft: Draft, model: LanguageModel | None, found: Sequence[Sequence[Span]]
    ) -> Tags:
        by = f"{model.name}-{model.version}" if model is not None else ""
        marked = [
            hit
            for paragraph, spans in zip(draft.paragraphs, found, strict=True)
            for hit in clean_spans(draft.text, paragraph.start, spans, by)
        ]
        hits = apply_document_rules(draft, self.gazetteer.match(draft.text), marked, self._book)
        tagged, at = build_entities(draft, hits, self._book)
        return Tags(tagged, _quotes(draft, hits, at), _provenance(model))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Suspend garbage collection: loading makes a million objects that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _provenance(model: LanguageModel | None) -> Provenance:
    if model is None:
        return NO_MODEL
    return Provenance(
        name=model.name,
        version=f"{model.version}+rules.{RULES_VERSION}",
        confidence=model.confidence,
    )


def _quotes(draft: Draft, hits: Sequence[Hit], at: Mapping[int, Entity]) -> list[Quote]:
    body = [part for part in draft.paragraphs if part.start >= draft.body_start]
    quotes = []
    for speech in attribute_quotes(draft.text, body, hits, draft.article.language)[:MAX_QUOTES]:
        speaker = at.get(speech.speaker.start) if speech.speaker is not None else None
        quotes.append(
            Quote(
                text=draft.text[speech.start : speech.end],
                start=speech.start - draft.body_start,
                end=speech.end - draft.body_start,
                speaker=speaker.name if speaker is not None else speech.description or None,
                speaker_id=speaker.entity_id if speaker is not None else None,
                cue=speech.cue,
            )
        )
    return quotes
