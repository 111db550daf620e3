"""What every language model is to the tagger; one file `model_<language>.py` for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from schemas.tags import EntityType
from services.tagging.span import Span


class LanguageModel(Protocol):
    """A named-entity model of one language.

    `find` is pure: what it says of a text depends on that text alone, never on its
    neighbours in the call. It may be slow; it keeps nothing between calls.
    """

    name: str
    """The model's name, e.g. `en_core_web_md`."""
    version: str
    """The model's version."""
    confidence: float
    """How far its names can be trusted, 0 to 1: the F1 score that its makers state."""

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return each text's names in order, without overlaps; offsets count in that text."""
        ...


class ModelMissingError(RuntimeError):
    """A model's library or files are not installed; the message says what to install."""


LABELS = {
    "PERSON": EntityType.PERSON,
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.EVENT,
    "WORK_OF_ART": EntityType.WORK,
    "LAW": EntityType.WORK,
    "PRODUCT": EntityType.PRODUCT,
}
"""Models' labels (OntoNotes, WikiNER, CoNLL) and what they are here; others (dates, sums,
languages, MISC) name nothing that an article is about."""
