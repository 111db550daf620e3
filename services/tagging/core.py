"""Tagging as one pure function: from the text of clean articles to entities and quotations."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schemas.article import Provenance
from schemas.tags import Entity, Quote
from services.tagging.document import Document, TextToTag
from services.tagging.entities.assembly import build_entities
from services.tagging.entities.document_rules import apply_document_rules
from services.tagging.entities.span_cleanup import clean_spans
from services.tagging.gazetteer.linking import add_external_ids, link_ambiguous_names
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.models.base import LanguageModel
from services.tagging.models.batch_prediction import predict_batch
from services.tagging.models.paragraph_cache import ParagraphCache
from services.tagging.models.registry import Loader, ModelRegistry, default_loaders
from services.tagging.places.place_data import load_places
from services.tagging.places.place_index import PlaceIndex
from services.tagging.quotes.attribution import attribute_quotations
from services.tagging.span import EntityMention, Span

__all__ = ["NO_MODEL", "Tagger", "Tags", "TextToTag"]

RULES_VERSION = "3"
"""Version of the document rules; increase it with every change that changes results."""

NO_MODEL = Provenance(name="none", version=RULES_VERSION, confidence=0.0)
"""Provenance of an article in a language without a model: gazetteer and rules alone."""

CACHE_CHARS = 20_000_000
"""Default bound of the paragraph cache: 20 million characters, about 60 MB."""

MAX_QUOTES = 1000
"""Bound of the contract; later quotations are left out."""


@dataclass(frozen=True, slots=True)
class Tags:
    """The fields that tagging adds to an article."""

    entities: list[Entity]
    quotes: list[Quote]
    tagging: Provenance


class Tagger:
    """Finds entities and quotations with the models, the places, and the gazetteer.

    Results depend on the text and on the gazetteer; the cache never changes them.
    """

    def __init__(
        self,
        models: ModelRegistry,
        places: PlaceIndex,
        gazetteer: Gazetteer,
        cache: ParagraphCache,
    ) -> None:
        self.models = models
        self.gazetteer = gazetteer
        self.cache = cache
        self._places = places

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
        """Create a tagger that is ready to work (about 3 s with the English model).

        The models of the languages in `preload` are loaded now, the others when they are first
        needed. `onnx_folder` names a token-classification model to use for English;
        `cache_chars` bounds the paragraph cache, and 0 turns it off; `loaders` replaces all
        models. Raises `ModelMissingError` where a model of `preload` is missing.
        """
        models = ModelRegistry(default_loaders(onnx_folder) if loaders is None else loaders)
        with _garbage_collection_paused():
            for language in preload:
                models.require(language)
            places = load_places()
        return cls(
            models,
            places,
            Gazetteer() if gazetteer is None else gazetteer,
            ParagraphCache(cache_chars),
        )

    def tag_batch(self, articles: Sequence[TextToTag]) -> list[Tags]:
        """Return the tags of each article in order; they do not depend on the other articles."""
        documents = [Document.from_article(article) for article in articles]
        models = [self.models.get(article.language) for article in articles]
        predictions = predict_batch(documents, models, self.cache)
        return [
            self._tag(document, model, spans)
            for document, model, spans in zip(documents, models, predictions, strict=True)
        ]

    def _tag(
        self,
        document: Document,
        model: LanguageModel | None,
        predictions: Sequence[Sequence[Span]],
    ) -> Tags:
        by = f"{model.name}-{model.version}" if model is not None else ""
        by_model = [
            mention
            for paragraph, spans in zip(document.paragraphs, predictions, strict=True)
            for mention in clean_spans(document, paragraph.start, spans, by)
        ]
        by_gazetteer = self.gazetteer.match(document.text)
        mentions = apply_document_rules(document, by_gazetteer, by_model, self._places)
        link_ambiguous_names(document, mentions, self.gazetteer)
        entities, entity_by_start = build_entities(document, mentions, self._places)
        entities = [add_external_ids(entity, self.gazetteer) for entity in entities]
        quotes = _contract_quotes(document, mentions, entity_by_start)
        return Tags(entities, quotes, _provenance(model))


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Pause garbage collection: loading creates a million objects, and all of them stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _provenance(model: LanguageModel | None) -> Provenance:
    if model is None:
        return NO_MODEL
    return Provenance(
        name=model.name,
        version=f"{model.version}+rules.{RULES_VERSION}",
        confidence=model.confidence,
    )


def _contract_quotes(
    document: Document,
    mentions: Sequence[EntityMention],
    entity_by_start: Mapping[int, Entity],
) -> list[Quote]:
    """Return the quotations of the body in the form of the contract, offsets in the body."""
    body = [one for one in document.paragraphs if one.start >= document.body_start]
    attributed = attribute_quotations(document.text, body, mentions, document.article.language)
    quotes = []
    for quotation in attributed[:MAX_QUOTES]:
        mention = quotation.speaker
        speaker = entity_by_start.get(mention.start) if mention is not None else None
        quotes.append(
            Quote(
                text=document.text[quotation.start : quotation.end],
                start=quotation.start - document.body_start,
                end=quotation.end - document.body_start,
                speaker=speaker.name if speaker is not None else quotation.description or None,
                speaker_id=speaker.entity_id if speaker is not None else None,
                cue=quotation.cue,
            )
        )
    return quotes
