"""Apply the document rules: from all mentions found in an article to consistent names.

Where mentions overlap, the gazetteer has precedence, then the names that a rule recognises by
their form, and the model. Types are then decided by vote, and mentions that were missed are added.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from schemas.tags import EntityType
from services.tagging.document import Document
from services.tagging.entities.abbreviated_places import find_abbreviated_places
from services.tagging.entities.addressed_people import find_addressed_people, find_titled_people
from services.tagging.entities.common_nouns import drop_common_nouns
from services.tagging.entities.company_names import find_company_names
from services.tagging.entities.compounds import find_compound_names
from services.tagging.entities.datelines import agency_spans, find_datelines
from services.tagging.entities.given_names import (
    find_people_by_given_name,
    without_overlapped,
)
from services.tagging.entities.joined_names import split_joined_names
from services.tagging.entities.name_bounds import complete_names
from services.tagging.entities.named_after import find_places_named_after_people
from services.tagging.entities.possessive_names import (
    find_known_possessives,
    restore_possessive_names,
)
from services.tagging.entities.repeated_names import NameIndex, find_repeated_names
from services.tagging.entities.site_names import find_site_names
from services.tagging.entities.team_names import find_team_names, nickname
from services.tagging.entities.teams import find_listed_teams, is_sports_report, retype_teams
from services.tagging.entities.type_voting import name_key, vote_types
from services.tagging.names import fold_name
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import GIVEN_NAMES, HONORIFICS

_CUT_TYPES = frozenset(
    {EntityType.ORGANISATION, EntityType.PRODUCT, EntityType.WORK, EntityType.EVENT}
)
"""Types that models give to an office with a name in a headline."""


def apply_document_rules(
    document: Document,
    by_gazetteer: Iterable[EntityMention],
    by_model: Iterable[EntityMention],
    places: PlaceIndex,
) -> list[EntityMention]:
    """Return the article's mentions in order, without overlaps, with one type for each name."""
    text, title = document.text, document.article.title
    compounds = [
        EntityMention(start, end, text[start:end], EntityType.ORGANISATION, BY_RULE)
        for start, end in find_compound_names(text)
    ]
    listed = [mention for mention in by_gazetteer if not _is_inside(mention, compounds)]
    is_sport = is_sports_report(text)
    teams = list(find_listed_teams(document.paragraphs, places)) if is_sport else []
    datelines = list(find_datelines(document.paragraphs))
    names = split_joined_names(_model_names(document, by_model, places))
    titled = list(find_titled_people(text))
    people = list(find_people_by_given_name(text, title, places))
    names = _without_parts(names, [*titled, *people])
    kept: list[EntityMention] = []
    for mentions in (
        listed,
        compounds,
        datelines,
        teams,
        list(find_site_names(text)),
        list(find_team_names(text, places, is_sport=is_sport)),
        list(find_abbreviated_places(text, places)),
        list(find_known_possessives(text, places)),
        list(find_places_named_after_people(text)),
        _unless_found(
            find_company_names(text, _language(document)), names, EntityType.ORGANISATION
        ),
        _unless_found(find_addressed_people(text, _language(document)), names, EntityType.PERSON),
        list(without_overlapped(people, names)),
        _unless_overlapping(titled, names),
        names,
    ):
        kept = _add_without_overlaps(kept, mentions)
    restore_possessive_names(text, kept, places)
    types = _decide_types(document, kept, [*datelines, *teams], places)

    kept.extend(find_repeated_names(text, NameIndex(types), _country_index(places), kept))
    if is_sport:
        fixed = {id(mention) for mentions in (datelines, teams) for mention in mentions}
        changeable = [one for one in kept if one.entry is None and id(one) not in fixed]
        retype_teams(text, changeable, {fold_name(team.text) for team in teams}, places)
    kept.sort(key=lambda mention: mention.start)
    for mention in kept:
        _set_mixed_case(document, mention)
    return kept


def _language(document: Document) -> str:
    return document.article.language.partition("-")[0]


def _model_names(
    document: Document, by_model: Iterable[EntityMention], places: PlaceIndex
) -> list[EntityMention]:
    """Return the names of the model, complete, without common nouns and agencies."""
    names = list(drop_common_nouns(document.text, by_model, places))
    complete_names(document.text, names, places)
    _cut_to_people(names)
    agencies = list(agency_spans(document.paragraphs))
    return [
        name
        for name in names
        if name.start < name.end and not any(start <= name.start < end for start, end in agencies)
    ]


def _without_parts(
    names: Iterable[EntityMention], people: Iterable[EntityMention]
) -> list[EntityMention]:
    """Return the names without the people of one word who are part of a person by rule."""
    longer = {one.start: one.end for one in people}
    return [
        one
        for one in names
        if one.type is not EntityType.PERSON
        or " " in one.text
        or longer.get(one.start, 0) <= one.end
    ]


def _unless_overlapping(
    found: Iterable[EntityMention], names: Iterable[EntityMention]
) -> list[EntityMention]:
    spans = [(name.start, name.end) for name in names]
    return [
        one for one in found if not any(one.start < end and start < one.end for start, end in spans)
    ]


def _cut_to_people(names: Iterable[EntityMention]) -> None:
    """Cut the words before a person's full name that a model included: "Nurse Rosa Quint"."""
    listed = list(names)
    people = {
        one.text for one in listed if one.type is EntityType.PERSON and one.text.count(" ") == 1
    }
    surnames = {name.rpartition(" ")[2] for name in people}
    for one in listed:
        title, _, surname = one.text.partition(" ")
        if surname in surnames and title.lower().rstrip(".") in HONORIFICS:  # "DS Kettle"
            one.start, one.text, one.type = one.end - len(surname), surname, EntityType.PERSON
            one.normal_form = ""
        _, comma, tail = one.text.rpartition(", ")
        if comma and tail.count(" ") == 1 and tail.partition(" ")[0].lower() in GIVEN_NAMES:
            people.add(tail)
        last_two = " ".join(one.text.split(" ")[-2:])
        if one.text.count(" ") > 1 and last_two in people and one.type in _CUT_TYPES:
            one.start, one.text, one.type = one.end - len(last_two), last_two, EntityType.PERSON
            one.normal_form = ""


def _unless_found(
    found: Iterable[EntityMention], names: Iterable[EntityMention], kind: EntityType
) -> list[EntityMention]:
    """Return the mentions of a rule that do not overlap a name of that type by the model.

    A list of names with "&" that the model cut in two is kept: "Merrow, Dunn & Co.".
    """
    spans = [(name.start, name.end) for name in names if name.type is kind]
    return [
        one
        for one in found
        if not any(
            one.start < end
            and start < one.end
            and not ("&" in one.text and one.start < start and end <= one.end)
            and not (" " in one.text and one.start == start and end < one.end)
            for start, end in spans
        )
    ]


def _decide_types(
    document: Document,
    kept: list[EntityMention],
    fixed: Iterable[EntityMention],
    places: PlaceIndex,
) -> dict[str, EntityType]:
    """Give the mentions their types, by vote, and return the type of every folded name.

    The types of the mentions in `fixed` do not change; gazetteer entries have their own.
    """
    voting = [mention for mention in kept if mention.entry is None]
    known = {fold_name(one.entry.name): one.entry.type for one in kept if one.entry is not None}
    types = vote_types(document.text, voting, known, places)
    for name, kind in list(types.items()):
        if kind is EntityType.ORGANISATION and (short := nickname(name)):
            types[short] = kind
    fixed_ids = {id(mention) for mention in fixed}
    for mention in voting:
        if id(mention) not in fixed_ids:
            mention.type = types[name_key(mention)]
    return types


def _set_mixed_case(document: Document, mention: EntityMention) -> None:
    """Give a name in capitals the case that it has in the text in mixed case."""
    if mention.normal_form or not mention.text.isupper():
        return
    cased = document.cased_text[mention.start : mention.end]
    if cased != mention.text:
        mention.normal_form = cased


@lru_cache(maxsize=4)
def _country_index(places: PlaceIndex) -> NameIndex:
    return NameIndex(dict.fromkeys(places.country_names, EntityType.PLACE))


def _is_inside(mention: EntityMention, longer: Iterable[EntityMention]) -> bool:
    return any(
        other.start <= mention.start
        and mention.end <= other.end
        and len(mention.text) < len(other.text)
        for other in longer
    )


def _add_without_overlaps(
    kept: list[EntityMention], added: list[EntityMention]
) -> list[EntityMention]:
    """Return the kept mentions and those of `added` that do not overlap them, in order.

    Neither list may contain overlaps of its own.
    """
    if not kept:
        return sorted(added, key=lambda mention: mention.start)
    merged: list[EntityMention] = []
    position = 0
    for mention in sorted(added, key=lambda mention: mention.start):
        while position < len(kept) and kept[position].end <= mention.start:
            merged.append(kept[position])
            position += 1
        if position == len(kept) or kept[position].start >= mention.end:
            merged.append(mention)
    return sorted([*merged, *kept[position:]], key=lambda mention: mention.start)
