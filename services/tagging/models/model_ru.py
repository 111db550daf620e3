"""Russian: natasha's news model (extra `ru`)."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from services.tagging.models.base import LABELS, LanguageModel, ModelMissingError
from services.tagging.span import Span

STATED_F1 = 0.95
"""F1 score that natasha states for its news model (slovnet) on its own test sets."""


def load() -> LanguageModel:
    """Load the model; raise `ModelMissingError` where natasha is not installed."""
    try:
        import natasha

        # Its dictionary imports `pkg_resources` here, which setuptools has below version 81.
        return NatashaModel(natasha)
    except ImportError as missing:
        raise ModelMissingError(f"{missing.name}: install newsloom-server[ru]") from missing


class NatashaModel:
    """A model that finds names with natasha, with their uninflected forms."""

    name = "natasha-news"
    confidence = STATED_F1

    def __init__(self, natasha: Any) -> None:
        self.version = version("natasha")
        self._doc = natasha.Doc
        self._segmenter = natasha.Segmenter()
        self._vocabulary = natasha.MorphVocab()
        embedding = natasha.NewsEmbedding()
        self._morphology = natasha.NewsMorphTagger(embedding)
        self._ner_tagger = natasha.NewsNERTagger(embedding)

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text with their uninflected forms."""
        return [self._find(text) for text in texts]

    def _find(self, text: str) -> list[Span]:
        doc = self._doc(text)
        doc.segment(self._segmenter)
        doc.tag_ner(self._ner_tagger)
        if not doc.spans:
            return []
        doc.tag_morph(self._morphology)
        spans = []
        for span in doc.spans:
            if span.type in LABELS:
                span.normalize(self._vocabulary)
                normal = restore_yo(text[span.start : span.stop], span.normal or "")
                spans.append(Span(span.start, span.stop, LABELS[span.type], normal))
        return spans


def restore_yo(written: str, normal: str) -> str:
    """Return the uninflected form with the letter yo where the text writes it; natasha has none."""
    if "ё" not in written:
        return normal
    words = [
        _with_yo(word, form) for word, form in zip(written.split(), normal.split(), strict=False)
    ]
    return " ".join(words) if len(words) == len(normal.split()) else normal


def _with_yo(written: str, normal: str) -> str:
    letters = list(normal)
    for at, (letter, other) in enumerate(zip(written, normal, strict=False)):
        if letter == "ё" and other == "е":
            letters[at] = letter
        elif letter != other:
            break
    return "".join(letters)
