"""Resolve coreference: which names of an article mean one entity.

Examples are "Jens Falk" and "Falk", or an acronym and the name that it stands for. The rules
use the article alone, except that the names of one country are merged by the place index.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.tags import EntityType
from services.tagging.entities.team_names import nickname
from services.tagging.entities.type_voting import name_key
from services.tagging.names import fold_name, is_acronym, possible_acronyms
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import EntityMention
from services.tagging.word_lists import GENERATION_SUFFIXES, LEGAL_FORMS, PARTICLES

Cluster = list[EntityMention]
"""The mentions of one entity, in order of appearance."""

ClusterKey = tuple[EntityType, str]
"""Type and folded name, or type and gazetteer id (after a NUL)."""

Clusters = dict[ClusterKey, Cluster]

KeyByName = dict[str, ClusterKey]
"""For the names of one type: the cluster's key by folded name."""

LONGEST_ACRONYM = 5
"""A longer form in capitals is a name in capitals, not an acronym."""


def cluster_mentions(
    text: str, mentions: Iterable[EntityMention], places: PlaceIndex
) -> list[Cluster]:
    """Group an article's mentions by entity, in the order of the first mention of each.

    The mentions have their final types and are in order of appearance.
    """
    clusters: Clusters = {}
    keys: dict[EntityType, KeyByName] = {}
    for mention in mentions:
        of_type = keys.setdefault(mention.type, {})
        if mention.entry is not None:
            key = mention.type, f"\0{mention.entry.id}"
            # Later mentions of this name that only the model found join the entry's cluster.
            of_type[fold_name(mention.entry.name)] = key
        else:
            key = of_type.setdefault(name_key(mention), (mention.type, name_key(mention)))
        clusters.setdefault(key, []).append(mention)
    merger = _ClusterMerger(clusters)
    for kind, of_type in keys.items():
        for short, full in _coreferent_pairs(kind, text, clusters, of_type, places):
            merger.merge(of_type[short], of_type[full])
    return merger.merged_clusters()


def _coreferent_pairs(
    kind: EntityType, text: str, clusters: Clusters, names: KeyByName, places: PlaceIndex
) -> list[tuple[str, str]]:
    """Return the pairs of names (short form, full form) that mean one entity."""
    if kind is EntityType.PERSON:
        return _person_pairs(names)
    if kind is EntityType.ORGANISATION:
        return [
            *_acronym_pairs(text, clusters, names),
            *_company_pairs(names),
            *_team_pairs(names),
        ]
    if kind is EntityType.PLACE:
        return _country_pairs(names, places)
    return []


class _ClusterMerger:
    """Merges clusters pair by pair (union-find) and keeps the order of appearance."""

    def __init__(self, clusters: Clusters) -> None:
        self._clusters = clusters
        self._merged_into: dict[ClusterKey, ClusterKey] = {}

    def _root(self, key: ClusterKey) -> ClusterKey:
        while key in self._merged_into:
            key = self._merged_into[key]
        return key

    def merge(self, short: ClusterKey, full: ClusterKey) -> None:
        """Merge the cluster of the short form into that of the full form."""
        short, full = self._root(short), self._root(full)
        if short != full and short in self._clusters and full in self._clusters:
            self._merged_into[short] = full

    def merged_clusters(self) -> list[Cluster]:
        """Return the merged clusters, in the order of their first mentions."""
        merged: dict[ClusterKey, Cluster] = {}
        for key, mentions in self._clusters.items():
            merged.setdefault(self._root(key), []).extend(mentions)
        for mentions in merged.values():
            mentions.sort(key=lambda mention: mention.start)
        return sorted(merged.values(), key=lambda mentions: mentions[0].start)


def _person_pairs(names: KeyByName) -> list[tuple[str, str]]:
    """Pair a surname, or a first name, with the only full name that contains it."""
    full_names = [name for name in names if " " in name]
    by_part: dict[str, list[str]] = {}
    for name in full_names:
        words = _without_generation(name)
        # Both "van der Berg" and "Berg" are surnames of "Ida van der Berg".
        parts = {words[-1], words[0], " ".join(words[1:]), f"{words[0]} {words[-1]}"}
        parts |= {" ".join(words[at:]) for at in range(1, len(words)) if words[at] in PARTICLES}
        for part in parts - {name}:
            by_part.setdefault(part, []).append(name)
    pairs = []
    for name in names:
        # "Ida Falk" and "Ida B. Falk" are one person; the longest form represents both.
        people = {_first_and_last(full): full for full in sorted(by_part.get(name, []), key=len)}
        # If two people share a surname, the bare surname stays a separate entity.
        if len(people) == 1:
            pairs.append((name, next(iter(people.values()))))
    return pairs


def _without_generation(name: str) -> list[str]:
    return [word for word in name.split(" ") if word not in GENERATION_SUFFIXES]


def _first_and_last(name: str) -> tuple[str, str]:
    words = _without_generation(name)
    return words[0], words[-1]


def _acronym_pairs(text: str, clusters: Clusters, names: KeyByName) -> list[tuple[str, str]]:
    """Pair an acronym with the name whose initials it has, or which it follows in brackets."""
    acronyms = [name for name, key in names.items() if is_acronym(clusters[key][0].text)]
    pairs = []
    for name, key in names.items():
        if " " not in name:
            continue
        first = clusters[key][0]
        possible = possible_acronyms(first.text)
        pairs += [
            (acronym, name)
            for acronym in acronyms
            if acronym.lower() in possible or text.startswith(f" ({acronym.upper()})", first.end)
        ]
    return pairs


def _company_pairs(names: KeyByName) -> list[tuple[str, str]]:
    """Pair "Acme" with "Acme Holdings Inc": the same words without the legal form."""
    full_by_stem = {}
    for name in names:
        words = name.split(" ")
        while len(words) > 1 and words[-1].strip(",") in LEGAL_FORMS:
            words.pop()
        stem = " ".join(words).rstrip(",")
        if stem != name:
            full_by_stem[stem] = name
    return [(name, full_by_stem[name]) for name in names if name in full_by_stem]


def _team_pairs(names: KeyByName) -> list[tuple[str, str]]:
    """Pair "Cowboys" with the only team of the article that has this nickname."""
    by_nickname: dict[str, list[str]] = {}
    for name in names:
        short = nickname(name)
        if short:
            by_nickname.setdefault(short, []).append(name)
    return [
        (short, full[0]) for short, full in by_nickname.items() if short in names and len(full) == 1
    ]


def _country_pairs(names: KeyByName, places: PlaceIndex) -> list[tuple[str, str]]:
    """Pair the names of one country with its first name in the article."""
    first_name: dict[str, str] = {}
    pairs = []
    for name in names:
        country = places.country(name)
        if country is not None:
            known = first_name.setdefault(country.place_id, name)
            if known != name:
                pairs.append((name, known))
    return pairs


def canonical_name(mentions: Cluster) -> str:
    """Return the longest form among a cluster's mentions, in mixed case where there is one."""
    counts: dict[str, int] = {}
    for mention in mentions:
        name = " ".join((mention.normal_form or mention.text).split())
        counts[name] = counts.get(name, 0) + 1
    has_case_variants = len({fold_name(form) for form in counts}) < len(counts)
    return max(
        counts,
        key=lambda form: (
            len(fold_name(form)),
            not (has_case_variants and form.isupper() and len(form) > LONGEST_ACRONYM),
            counts[form],
            form,
        ),
    )
