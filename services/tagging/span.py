"""A name in a text: as a model marks it, and as a mention of an entity in a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from schemas.tags import EntityType, ExternalIds

BY_RULE = "rule"
"""Value of a mention's `by` where a document rule found it."""

BY_GAZETTEER = "gazetteer"
"""Value of a mention's `by` where the gazetteer found it."""


class Span(NamedTuple):
    """A name in one text, as a language model marks it."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""
    type: EntityType
    normal_form: str = ""
    """The uninflected form of the name, where the language inflects names and the model
    knows it."""


class GazetteerEntry(NamedTuple):
    """An entity of the gazetteer, without its aliases."""

    id: str
    name: str
    type: EntityType
    external_ids: ExternalIds | None


@dataclass(slots=True)
class EntityMention:
    """A mention of an entity in a document, before it is assigned to its entity.

    Offsets count in the document's joined text (see `Document`). The document rules may
    change the bounds and the type.
    """

    start: int
    end: int
    text: str
    type: EntityType
    by: str
    """What found the mention: name and version of a model, `BY_RULE`, or `BY_GAZETTEER`."""
    normal_form: str = ""
    entry: GazetteerEntry | None = None
    """The gazetteer's entry that the mention stands for, if there is one."""
