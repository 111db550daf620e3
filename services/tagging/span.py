"""A name found in a text, by a model, the gazetteer or a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from schemas.tags import EntityType

RULE = "rule"
"""Value of `by` for a mention that the document rules found."""

GAZETTEER = "gazetteer"
"""Value of `by` for a mention that the user's gazetteer found."""


class Span(NamedTuple):
    """A name in a text, as a language model marks it."""

    start: int
    """First character, from 0."""
    end: int
    """One past the last character."""
    type: EntityType
    norm: str = ""
    """Dictionary form, if the language inflects names and the model knows it."""


class KnownThing(NamedTuple):
    """A row of the gazetteer without its aliases."""

    id: str
    name: str
    type: EntityType
    wikidata_id: str | None


@dataclass(slots=True)
class Hit:
    """A name in an article's joined text (see `draft`) before it becomes a mention."""

    start: int
    end: int
    text: str
    type: EntityType
    by: str
    norm: str = ""
    row: KnownThing | None = None
    """The row of the gazetteer that matched; None for any other source."""
