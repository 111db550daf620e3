"""A spaCy pipeline as a language model; `model_en` and `model_fr` load one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from services.tagging.models.base import LABELS
from services.tagging.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_TEXTS = 128
"""Paragraphs in one matrix; larger matrices were slower (they exceed the processor's cache)."""

MAX_STRINGS = 100_000
"""Strings (words, their forms and parts) that spaCy may keep between two calls before its memory is
released. They make it quick: its tokenizer caches the chunks of characters that it has read."""

DEFAULT_F1 = 0.8
"""Confidence of a pipeline whose metadata state no F1 score."""


class SpacyModel:
    """A model that finds names with the `ner` component of a spaCy pipeline."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._memory_zone = ExitStack()
        self._max_strings = 0  # so that the first call begins a memory zone
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
        self.version = str(nlp.meta["version"])
        stated_f1 = nlp.meta.get("performance", {}).get("ents_f") or DEFAULT_F1
        self.confidence = round(float(stated_f1), 3)

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text; the memory of their words is released now and then."""
        if len(self._nlp.vocab.strings) >= self._max_strings:
            self._begin_memory_zone()
        # Copy the offsets: a Doc is invalid outside of its memory zone.
        return [_spans(doc) for doc in self._nlp.pipe(texts, batch_size=BATCH_TEXTS)]

    def _begin_memory_zone(self) -> None:
        """Release what the last memory zone has allocated, and begin the next one."""
        self._memory_zone.close()
        self._max_strings = len(self._nlp.vocab.strings) + MAX_STRINGS
        self._memory_zone.enter_context(self._nlp.memory_zone())


def load_pipeline(load: Callable[[], Language]) -> Language:
    """Load a spaCy pipeline whose matrix products are those of numpy, on one core.

    By default thinc multiplies with BLIS, which took 1.1 to 4 times as long for the same names,
    depending on the processor. Throughput scales with the number of workers, so that several cores
    for one of them would only slow down the others.
    """
    from thinc.api import use_ops
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    with use_ops("numpy", use_blis=False):
        return load()


def _spans(doc: Doc) -> list[Span]:
    return [
        Span(entity.start_char, entity.end_char, LABELS[entity.label_])
        for entity in doc.ents
        if entity.label_ in LABELS
    ]
