"""Link what tagging finds by itself with rows of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas.tags import Entity, EntityType
from services.messaging.external_ids import with_geonames
from services.tagging.document import Document
from services.tagging.gazetteer.alias import fold_text
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.span import EntityMention
from services.tagging.word_lists import ARTICLES, LEGAL_FORMS, STOP_WORDS

_SENTENCE_END = re.compile(r"[.!?:;…•*][^\w.!?:;…•*]*\Z")
"""What stands before the first word of a sentence."""

_LONG_WORD = re.compile(r"(?<!\w)[^\W\d_]{4,}(?!\w)")
"""A headline in title case has none in lower case, except stop words."""

_REACH = 60
"""How many characters before and after a mention are looked at."""


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
        for name in _names(mention)
        if (entry := gazetteer.ambiguous_entry(name, mention.type)) is not None
    ]
    certain: set[tuple[EntityType, str]] = {
        (mention.type, fold_text(name))
        for mention, name, _ in found
        if _is_unusual(name) or _is_within_sentence(document, mention)
    }
    for mention, name, entry in found:
        if mention.entry is None and (mention.type, fold_text(name)) in certain:
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


def _names(mention: EntityMention) -> Iterator[str]:
    """Yield the name of a mention, and that of "Quarry Stone Inc" without its legal form.

    One word of common form is left out: "Quarry Ltd" may be another company than "Quarry".
    """
    name = mention.normal_form or mention.text
    yield name
    if mention.type is EntityType.ORGANISATION:
        words = name.split()
        while len(words) > 1 and words[-1].strip(",").lower() in LEGAL_FORMS:
            del words[-1]
        short = " ".join(words).rstrip(",")
        if short != name and _is_unusual(short):
            yield short


def _is_unusual(name: str) -> bool:
    """Return whether a name has several words, or not the form of a word: "IBM", "eBay"."""
    return " " in name or not name[1:].isalpha() or not name[1:].islower()


def _is_within_sentence(document: Document, mention: EntityMention) -> bool:
    """Return whether the capital of a mention in the body is not due to its place.

    It is, where the sentence begins, and in a headline, in which every word has one.
    """
    text, body_start = document.text, document.body_start
    if mention.start < body_start:
        return False
    line_start = max(text.rfind("\n", body_start, mention.start) + 1, body_start)
    line_end = text.find("\n", mention.end)
    start = max(line_start, mention.start - _REACH)
    end = min(mention.end + _REACH, line_end if line_end >= 0 else len(text))
    before = text[start : mention.start]
    words = before.split()
    if not words or words[-1].lower() in ARTICLES or _SENTENCE_END.search(before):
        return False  # the second: "a Visa", "the Target of the inquiry"
    # The look-behind sees the word that the start of the reach may cut.
    found = (match.group() for match in _LONG_WORD.finditer(text, start, end))
    return any(word.islower() and word not in STOP_WORDS for word in found)
