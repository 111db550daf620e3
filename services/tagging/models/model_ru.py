"""Russian: natasha's news model (extra `ru`)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from services.tagging.models.base import LABELS, LanguageModel, ModelMissingError
from services.tagging.span import Span

STATED_F1 = 0.95
"""Stated by natasha for its news model (slovnet) on its own test sets."""


def load() -> LanguageModel:
    """Load the model.

    Raises `ModelMissingError` if natasha is not installed.
    """
    try:
        import natasha

        # Its dictionary asks for `pkg_resources` only now: setuptools below 81 has it.
        return NatashaModel(natasha)
    except ImportError as missing:
        raise ModelMissingError(f"{missing.name}: install newsloom[ru]") from missing


class NatashaModel:
    """Names found by natasha, each with its dictionary form (names are inflected in Russian)."""

    name = "natasha-news"
    confidence = STATED_F1

    def __init__(self, natasha: Any) -> None:
        self.version = version("natasha")
        self._doc = natasha.Doc
        self._segmenter = natasha.Segmenter()
        self._vocabulary = natasha.MorphVocab()
        embedding = natasha.NewsEmbedding()
        self._morphology = natasha.NewsMorphTagger(embedding)
        self._names = natasha.NewsNERTagger(embedding)

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return each text's names with their dictionary forms."""
        return [self._find(text) for text in texts]

    def _find(self, text: str) -> list[Span]:
        doc = self._doc(text)
        doc.segment(self._segmenter)
        doc.tag_ner(self._names)
        if not doc.spans:
            return []
        doc.tag_morph(self._morphology)
        spans = []
        for span in doc.spans:
            if span.type in LABELS:
                span.normalize(self._vocabulary)
                spans.append(Span(span.start, span.stop, LABELS[span.type], span.normal or ""))
        return spans
