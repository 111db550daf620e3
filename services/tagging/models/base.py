"""The interface of a language model; each language has a file `model_<language>.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from schemas.tags import EntityType
from services.tagging.span import Span


class LanguageModel(Protocol):
    """A named-entity model of one language.

    `find` is pure: its result for a text depends on that text alone, not on the others in the call.
    It may be slow; it keeps nothing between calls.
    """

    name: str
    """The model's name, e.g. `en_core_web_md`."""
    version: str
    """The model's version."""
    confidence: float
    """How far its names can be trusted, from 0 to 1: the F1 score that its authors state."""

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text, in order and without overlaps.

        Offsets refer to that text.
        """
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
"""Labels of models (OntoNotes, WikiNER, CoNLL) and the entity type of each. Labels that are not
listed (dates, sums, languages, MISC) name nothing that an article is about."""
