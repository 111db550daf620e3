"""A spaCy pipeline as a language model; `model_en` and `model_fr` load one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.tagging.models.base import LABELS
from services.tagging.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_TEXTS = 128
"""Paragraphs in one matrix; larger matrices were slower (they exceed the processor's cache)."""

DEFAULT_F1 = 0.8
"""Confidence of a pipeline whose metadata state no F1 score."""


class SpacyModel:
    """A model that finds names with the `ner` component of a spaCy pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
        self.version = str(nlp.meta["version"])
        stated_f1 = nlp.meta.get("performance", {}).get("ents_f") or DEFAULT_F1
        self.confidence = round(float(stated_f1), 3)

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text; spaCy's memory is released after the call."""
        with self._nlp.memory_zone():
            # Copy the offsets: a Doc is invalid outside of its memory zone.
            return [_spans(doc) for doc in self._nlp.pipe(texts, batch_size=BATCH_TEXTS)]


def _spans(doc: Doc) -> list[Span]:
    return [
        Span(entity.start_char, entity.end_char, LABELS[entity.label_])
        for entity in doc.ents
        if entity.label_ in LABELS
    ]
