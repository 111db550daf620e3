"""Decide which people of a story are one: "Falk", "Ida Falk", "Ida B. Falk"."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.tags import EntityType
from services.dedup.entity_resolution.forms_of_address import Gender, may_be
from services.dedup.entity_resolution.groups import group_names
from services.dedup.entity_resolution.named_entity import NamedEntity, have_different_ids
from services.dedup.entity_resolution.person_names import (
    FREQUENT_NAMES,
    PersonName,
    is_given_with_patronymic,
    is_same_person,
    may_be_called,
    parse_person_name,
)

MIN_SALIENCE: Final = 0.25
"""Salience, summed over a story's articles, from which a person may be meant by the surname. Who
is named once, far down in one article, is seldom the one whom another article does not introduce.
"""
MIN_SALIENCE_OF_FREQUENT_NAME: Final = 0.5
"""The same for a surname that is a given name too ("Martin"), or that very many people have
("Kim"): it more often means someone else."""
WEIGHT_OF_SHORTEST: Final = 2
"""How much more the shortest form of a name counts: longer ones may have a word too many."""
MIN_SHARE_OF_PERSON: Final = 0.5
"""Share of a surname's salience that must be a person's, where a company has the same name."""

_Named = tuple[NamedEntity, PersonName]


@dataclass(slots=True)
class _Person:
    """A person with the full names under which a story knows them."""

    names: list[_Named]

    @property
    def entity(self) -> NamedEntity:
        """The form that stands for the others: a gazetteer's, or else the plain full name."""
        if len(self.names) == 1:
            return self.names[0][0]
        fewest = min(len(name.words) for _entity, name in self.names)

        def by_weight(one: _Named) -> tuple[float, str]:
            factor = 1 if len(one[1].words) > fewest else WEIGHT_OF_SHORTEST
            return -factor * one[0].salience, one[0].entity_id

        _, usual = min(self.names, key=by_weight)
        return min(self.names, key=lambda one: _rank(one, usual))[0]

    @property
    def salience(self) -> float:
        return sum(entity.salience for entity, _name in self.names)

    def may_be_called(self, short: PersonName) -> bool:
        return any(may_be_called(short, name) for _entity, name in self.names)

    def shares_words(self, short: PersonName) -> bool:
        return any(name.parts.issuperset(short.words) for _entity, name in self.names)


def person_aliases(people: Sequence[NamedEntity], others: Iterable[NamedEntity]) -> dict[str, str]:
    """Return by id of each person that is another one the id of that one.

    `others` are the entities of other types: a surname that is a town's name too is left alone,
    and so is one that is rather a company's.
    """
    named = _sharing_words([(entity, parse_person_name(entity.name)) for entity in people])
    if not named:
        return {}
    full = [one for one in named if not one[1].is_surname]
    short = [one for one in named if one[1].is_surname and not one[0].has_given_id]
    known = [one for one in named if one[1].is_surname and one[0].has_given_id]
    without_surname = [one for one in full if _lacks_surname(one, full)]
    full = [one for one in full if one not in without_surname]
    persons = _Persons(full + known, _saliences_by_name(others) if short else {})
    # Longest first: "von der Leyen" is a person whom "Leyen" may mean.
    for entity, name in sorted(without_surname + short, key=lambda one: -len(one[1].words)):
        persons.resolve(entity, name)
    return persons.aliases()


def _sharing_words(named: Sequence[_Named]) -> list[_Named]:
    """Return the names that share a word with another name: the others can't be one with any."""
    counts = Counter(part for _entity, name in named for part in name.parts)
    return [one for one in named if any(counts[part] > 1 for part in one[1].parts)]


class _Persons:
    """The people of a story, found by the words of their names."""

    def __init__(self, full: Sequence[_Named], other_saliences: Mapping[str, float]) -> None:
        self._by_word: defaultdict[str, list[_Person]] = defaultdict(list)
        self._persons: list[_Person] = []
        self._short_names: dict[str, _Person] = {}
        self._other_saliences = other_saliences
        groups = group_names(
            full, lambda one: one[1].parts, lambda one, other: is_same_person(one[1], other[1])
        )
        for group in groups:
            members = [full[place] for place in group]
            apart = have_different_ids(entity for entity, _name in members)
            for names in [[one] for one in members] if apart else [members]:
                self._add(_Person(names))

    def _add(self, person: _Person) -> None:
        self._persons.append(person)
        for part in {part for _entity, name in person.names for part in name.parts}:
            self._by_word[part].append(person)

    def resolve(self, entity: NamedEntity, name: PersonName) -> None:
        """Find the only person whom a short name may mean; without one it is its own person."""
        sharing = [one for one in self._by_word[name.words[-1]] if one.shares_words(name)]
        if name.suffix:  # "Falk Jr." is not said of a Falk of another generation
            sharing = [one for one in sharing if one.names[0][1].suffix == name.suffix]
        if len(sharing) == 1 and self._is_meant(sharing[0], entity, name):
            self._short_names[entity.entity_id] = sharing[0]
        elif len(name.words) > 1:
            self._add(_Person([(entity, name)]))

    def _is_meant(self, person: _Person, entity: NamedEntity, name: PersonName) -> bool:
        other = self._other_saliences.get(" ".join(name.words), 0.0)
        gender = Gender(entity.gender) if entity.gender else None
        is_frequent = name.words[0] in FREQUENT_NAMES
        needed = MIN_SALIENCE_OF_FREQUENT_NAME if is_frequent else MIN_SALIENCE
        return (
            person.may_be_called(name)
            and all(may_be(full, gender) for _entity, full in person.names)
            and person.salience >= needed
            and entity.salience >= MIN_SHARE_OF_PERSON * (entity.salience + other)
        )

    def aliases(self) -> dict[str, str]:
        """Return by id of each alias the id of the person."""
        found = {alias: person.entity.entity_id for alias, person in self._short_names.items()}
        for person in self._persons:
            entity_id = person.entity.entity_id
            ids = {entity.entity_id for entity, _name in person.names}
            found |= dict.fromkeys(ids - {entity_id}, entity_id)
        return found


def _rank(one: _Named, usual: PersonName) -> tuple[bool, bool, bool, int, str]:
    """Order the forms of a name; the first stands for the others.

    It has no initial for the given name, begins and ends as the `usual` form does ("Ruth Bader
    Ginsburg", not "Ruth Bader"), and has the fewest words.
    """
    entity, name = one
    differs = (name.words[0], name.words[-1]) != (usual.words[0], usual.words[-1])
    has_initial = len(name.words[0]) == 1
    return not entity.has_given_id, has_initial, differs, len(name.words), entity.entity_id


def _lacks_surname(one: _Named, full: Sequence[_Named]) -> bool:
    """Return whether a name is given name and patronymic of a full name of the story."""
    entity, name = one
    return (
        is_given_with_patronymic(name)
        and not entity.has_given_id
        and any(len(other.words) > len(name.words) and may_be_called(name, other)
                for _entity, other in full)
    )  # fmt: skip


def _saliences_by_name(entities: Iterable[NamedEntity]) -> dict[str, float]:
    found: defaultdict[str, float] = defaultdict(float)
    for entity in entities:
        is_place = entity.type == EntityType.PLACE
        name = " ".join(parse_person_name(entity.name).words)
        found[name] += math.inf if is_place else entity.salience
    return dict(found)
