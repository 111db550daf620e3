"""A spaCy pipeline as a language model, for `model_en` and `model_fr`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.tagging.models.base import LABELS
from services.tagging.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_TEXTS = 128
"""Paragraphs in one matrix; larger batches were slower, as they leave the processor's cache."""


class SpacyModel:
    """The `ner` component of a spaCy pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
        self.version = str(nlp.meta["version"])
        self.confidence = round(float(nlp.meta.get("performance", {}).get("ents_f") or 0.8), 3)

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text; spaCy's memory of the texts is freed with the call."""
        with self._nlp.memory_zone():
            # Spans are copied out as numbers: a Doc dies with its memory zone.
            return [_spans(doc) for doc in self._nlp.pipe(texts, batch_size=BATCH_TEXTS)]


def _spans(doc: Doc) -> list[Span]:
    return [
        Span(entity.start_char, entity.end_char, LABELS[entity.label_])
        for entity in doc.ents
        if entity.label_ in LABELS
    ]
