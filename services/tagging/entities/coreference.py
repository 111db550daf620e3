"""Find which names of an article mean one thing: "Jens Falk" and "Falk", an acronym and its name.

Every rule looks at the article alone, except that the names of countries are known.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.tags import EntityType
from services.languages.en.names import COMPANY_SUFFIXES, PARTICLES
from services.tagging.entities.type_voting import name_key
from services.tagging.names import fold, initials, is_acronym
from services.tagging.places.place_index import PlaceNames
from services.tagging.span import Hit

Cluster = list[Hit]
"""The hits of one thing, in order of appearance."""

Group = tuple[EntityType, str]
Groups = dict[Group, Cluster]
"""Hits by type and folded name, or by type and gazetteer id (after a NUL)."""

Names = dict[str, Group]
"""The group of each folded name of one type."""

_GENERATION = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def cluster(text: str, hits: Iterable[Hit], book: PlaceNames) -> list[Cluster]:
    """Group an article's hits by the thing that they name, in order of appearance."""
    groups: Groups = {}
    names: dict[EntityType, Names] = {}
    for hit in hits:
        of_kind = names.setdefault(hit.type, {})
        if hit.row is not None:
            group = hit.type, f"\0{hit.row.id}"
            # The user's own thing takes the mentions of its name that only the model found.
            of_kind[fold(hit.row.name)] = group
        else:
            group = of_kind.setdefault(name_key(hit), (hit.type, name_key(hit)))
        groups.setdefault(group, []).append(hit)
    merger = _Merger(groups)
    for kind, of_kind in names.items():
        for short, full in _pairs(kind, text, groups, of_kind, book):
            merger.join(of_kind[short], of_kind[full])
    return merger.clusters()


def _pairs(
    kind: EntityType, text: str, groups: Groups, names: Names, book: PlaceNames
) -> list[tuple[str, str]]:
    """Return the pairs of names (the short one, the full one) that mean one thing."""
    if kind is EntityType.PERSON:
        return _people(names)
    if kind is EntityType.ORGANISATION:
        return [*_acronyms(text, groups, names), *_companies(names)]
    if kind is EntityType.PLACE:
        return _countries(names, book)
    return []


class _Merger:
    """Merges groups pair by pair; the result keeps the order of appearance."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._into: dict[Group, Group] = {}

    def _root(self, name: Group) -> Group:
        while name in self._into:
            name = self._into[name]
        return name

    def join(self, one: Group, other: Group) -> None:
        """Make the first group part of the second."""
        short, full = self._root(one), self._root(other)
        if short != full and short in self._groups and full in self._groups:
            self._into[short] = full

    def clusters(self) -> list[Cluster]:
        """Return the merged groups, each in order of appearance."""
        out: dict[Group, Cluster] = {}
        for name, hits in self._groups.items():
            out.setdefault(self._root(name), []).extend(hits)
        for hits in out.values():
            hits.sort(key=lambda hit: hit.start)
        return sorted(out.values(), key=lambda hits: hits[0].start)


def _people(names: Names) -> list[tuple[str, str]]:
    """Pair a surname, or a first name, with the only full name that contains it."""
    full = [name for name in names if " " in name]
    by_part: dict[str, list[str]] = {}
    for name in full:
        words = [word for word in name.split(" ") if word not in _GENERATION]
        # "van der Berg" is a surname too, as is "Berg".
        parts = {words[-1], words[0], " ".join(words[1:]), f"{words[0]} {words[-1]}"}
        parts |= {" ".join(words[at:]) for at in range(1, len(words)) if words[at] in PARTICLES}
        for part in parts - {name}:
            by_part.setdefault(part, []).append(name)
    pairs = []
    for name in names:
        # "Ida Falk" and "Ida B. Falk" are one bearer of "Falk"; the fullest stands for both.
        places_named = {_outer(bearer): bearer for bearer in sorted(by_part.get(name, []), key=len)}
        # Two Falks in one article: the bare surname stays a person of its own.
        if len(places_named) == 1:
            pairs.append((name, next(iter(places_named.values()))))
    return pairs


def _outer(name: str) -> tuple[str, str]:
    words = [word for word in name.split(" ") if word not in _GENERATION]
    return words[0], words[-1]


def _acronyms(text: str, groups: Groups, names: Names) -> list[tuple[str, str]]:
    """Pair an acronym with the name that has its initials, or that stands right before it."""
    short = [name for name, group in names.items() if is_acronym(groups[group][0].text)]
    pairs = []
    for name, group in names.items():
        if " " not in name:
            continue
        hit = groups[group][0]
        letters = initials(hit.text)
        pairs += [
            (acronym, name)
            for acronym in short
            if acronym.lower() in letters or text.startswith(f" ({acronym.upper()})", hit.end)
        ]
    return pairs


def _companies(names: Names) -> list[tuple[str, str]]:
    """Pair "Acme" with "Acme Holdings Inc": the same words without the legal form."""
    bare = {}
    for name in names:
        words = name.split(" ")
        while len(words) > 1 and words[-1].strip(",") in COMPANY_SUFFIXES:
            words.pop()
        stem = " ".join(words).rstrip(",")
        if stem != name:
            bare[stem] = name
    return [(name, bare[name]) for name in names if name in bare]


def _countries(names: Names, book: PlaceNames) -> list[tuple[str, str]]:
    """Pair the names of one country: "US" and "United States"."""
    first: dict[str, str] = {}
    pairs = []
    for name in names:
        country = book.country(name)
        if country is not None:
            known = first.setdefault(country.place_id, name)
            if known != name:
                pairs.append((name, known))
    return pairs


def canonical(hits: Cluster) -> str:
    """Return the fullest form among a cluster's mentions, in mixed case if there is one."""
    forms: dict[str, int] = {}
    for hit in hits:
        name = " ".join((hit.norm or hit.text).split())
        forms[name] = forms.get(name, 0) + 1
    shouted = len({fold(form) for form in forms}) < len(forms)
    return max(
        forms,
        key=lambda form: (
            len(fold(form)),
            not (shouted and form.isupper() and len(form) > 5),  # noqa: PLR2004 - an acronym's length
            forms[form],
            form,
        ),
    )
