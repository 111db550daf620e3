"""What a finder (a model, the gazetteer, a rule) says about a stretch of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from schemas.tags import EntityType

RULE = "rule"
"""Name that stands in `by` where document logic found the mention."""

GAZETTEER = "gazetteer"
"""Name that stands in `by` where the user's own list found the mention."""


class Span(NamedTuple):
    """A name in one text, as a language model marks it."""

    start: int
    """First character, from 0."""
    end: int
    """One past the last character."""
    type: EntityType
    norm: str = ""
    """Dictionary form, where the language inflects names and the model knows it."""


class KnownThing(NamedTuple):
    """What the gazetteer says of a thing, without its aliases."""

    id: str
    name: str
    type: EntityType
    wikidata_id: str | None


@dataclass(slots=True)
class Hit:
    """A name in an article's joined text (see `draft`), on its way to become a mention."""

    start: int
    end: int
    text: str
    type: EntityType
    by: str
    norm: str = ""
    row: KnownThing | None = None
    """The gazetteer's row that matched; None for all other finders."""
