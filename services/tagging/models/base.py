"""The interface of a language model; each is in a file `model_<language>.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from schemas.tags import EntityType
from services.tagging.span import Span


class LanguageModel(Protocol):
    """A model for named-entity recognition in one language.

    `find` is a pure function of each text: the result for a text does not depend on the
    other texts of the call, and nothing is kept between calls. It may be slow.
    """

    name: str
    """The model's name, e.g. `en_core_web_md`."""
    version: str
    """The model's version."""
    confidence: float
    """How reliable its entities are, from 0 to 1: the F1 score that its authors state."""

    def find(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text in order, without overlaps; offsets count in that text."""
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
"""Entity types by the models' labels (OntoNotes, WikiNER, CoNLL). Other labels (dates,
amounts, languages, MISC) do not name an entity and are ignored."""
