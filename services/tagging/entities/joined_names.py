"""Split two organisations that a model joined: "Calder Bank and Union Savings"."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.tags import EntityType
from services.tagging.names import fold_name
from services.tagging.span import EntityMention

_JOIN = " and "


def split_joined_names(mentions: Sequence[EntityMention]) -> list[EntityMention]:
    """Return the mentions, those of two organisations split where the article names one alone."""
    alone = {fold_name(mention.text) for mention in mentions if _JOIN not in mention.text}
    found: list[EntityMention] = []
    for mention in mentions:
        first, join, second = mention.text.partition(_JOIN)
        is_joined = mention.type is EntityType.ORGANISATION and join and mention.entry is None
        if not is_joined or not {fold_name(first), fold_name(second)} & alone:
            found.append(mention)
            continue
        middle = mention.start + len(first)
        after = middle + len(_JOIN)
        found.append(EntityMention(mention.start, middle, first, mention.type, mention.by))
        found.append(EntityMention(after, mention.end, second, mention.type, mention.by))
    return found
