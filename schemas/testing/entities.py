"""Make entities, and find where a text mentions them."""

from __future__ import annotations

import re
from typing import Any

from ..tags import Entity, EntityType, Mention, TextField
from .slug import slug


def entity(name: str, kind: EntityType | str = EntityType.ORGANISATION, **fields: Any) -> Entity:
    """Make an entity for `article`, which looks up its mentions.

    The id is made from kind and name unless `fields` gives it. `fields` are further fields of
    `Entity`.
    """
    values = {
        "entity_id": f"{EntityType(kind)}:{slug(name)}",
        "name": name,
        "type": kind,
        "salience": 0.5,
        "mentions": [],
    }
    return Entity.model_validate(values | fields)


def mentioned(named: str | Entity, title: str, body: str) -> Entity:
    """Return the entity with its mentions in an article.

    Raises `ValueError` if the article does not mention it.
    """
    one = entity(named) if isinstance(named, str) else named
    if one.mentions:
        return one
    found = find_mentions(one, title, body)
    if not found:
        raise ValueError(f"{one.name!r} is mentioned neither in the title nor in the body.")
    return one.model_copy(update={"mentions": found})


def find_mentions(one: Entity, title: str, body: str) -> list[Mention]:
    """Return the mentions of an entity in a text, by its name and by its mentions so far."""
    names = sorted({one.name, *(mention.text for mention in one.mentions)}, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    return [
        Mention(field=field, start=m.start(), end=m.end(), text=m[0], by="newsloom-testing")
        for field, text in ((TextField.TITLE, title), (TextField.BODY, body))
        for m in pattern.finditer(text)
    ]
