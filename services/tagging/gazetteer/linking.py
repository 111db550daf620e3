"""Link what tagging finds by itself with rows of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.tags import Entity, EntityType
from services.messaging.external_ids import with_geonames
from services.tagging.document import Document
from services.tagging.gazetteer.alias import fold_text
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.span import EntityMention
from services.tagging.word_lists import ARTICLES

_BEFORE_SENTENCE = re.compile(r"(?:^|[\n.!?:;…•*])[^\w.!?:;…•*]*\Z")
"""What stands before the first word of a sentence or of a paragraph."""

_REACH = 20
"""How many characters before a mention are looked at."""


def link_ambiguous_names(
    document: Document, mentions: Sequence[EntityMention], gazetteer: Gazetteer
) -> None:
    """Give mentions that have an ambiguous alias and the type of a row the row's entry.

    The mentions have their final types, so that "Target" is the company only where the rest of
    the article makes it an organisation. One word must also have its capital within a sentence of
    the body, without an article before it, at least once: models take "Visa rules were relaxed"
    for the company's.
    """
    found = [
        (mention, name, entry)
        for mention in mentions
        if mention.entry is None
        and (name := mention.normal_form or mention.text)
        and (entry := gazetteer.ambiguous_entry(name, mention.type)) is not None
    ]
    certain: set[tuple[EntityType, str]] = {
        (mention.type, fold_text(name))
        for mention, name, _ in found
        if _is_unusual(name) or _is_within_sentence(document, mention)
    }
    for mention, name, entry in found:
        if (mention.type, fold_text(name)) in certain:
            mention.entry = entry


def add_external_ids(entity: Entity, gazetteer: Gazetteer) -> Entity:
    """Return the entity with the external ids of the row that has its id and its type.

    A row does not have to be matched by a name for that: it may have the id that tagging gives
    to the entity, as `geonames:3143244`. A place of GeoNames has its GeoNames id without a row.
    """
    entry = gazetteer.entry(entity.entity_id)
    of_row = entry.external_ids if entry is not None and entry.type is entity.type else None
    ids = with_geonames(entity.entity_id, of_row)
    if ids is None:
        return entity
    return entity.model_copy(update={"external_ids": ids, "wikidata_id": ids.wikidata})


def _is_unusual(name: str) -> bool:
    """Return whether a name has several words, or not the form of a word: "IBM", "eBay"."""
    return " " in name or not name[1:].isalpha() or not name[1:].islower()


def _is_within_sentence(document: Document, mention: EntityMention) -> bool:
    if mention.start < document.body_start:
        return False
    floor = max(document.body_start, mention.start - _REACH)
    before = document.text[floor : mention.start]
    words = before.split()
    if words and words[-1].lower() in ARTICLES:
        return False  # "a Visa", "the Target of the inquiry"
    if floor > document.body_start:
        before = f"-{before}"  # the cut is no start of a sentence
    return _BEFORE_SENTENCE.search(before) is None
