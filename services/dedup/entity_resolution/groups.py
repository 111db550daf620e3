"""Group names that are forms of one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations


def group_names[Name](
    names: Sequence[Name],
    keys: Callable[[Name], Iterable[str]],
    is_same: Callable[[Name, Name], bool],
) -> list[list[int]]:
    """Group names, given in any order, of which each two are the same.

    Only names that share a key are compared. Names that are connected through a third one but are
    not the same themselves ("Jens Falk", "J. Falk", "Jon Falk") are all left alone, so that the
    result does not depend on the order. Returns the places of the names of each group.
    """
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for key in set(keys(name)):
            by_key[key].append(place)
    candidates = {pair for places in by_key.values() for pair in combinations(places, 2)}
    same = {pair for pair in candidates if is_same(names[pair[0]], names[pair[1]])}
    groups = []
    for connected in _connected(len(names), same):
        if all(pair in same for pair in combinations(connected, 2)):
            groups.append(connected)
        else:
            groups += [[place] for place in connected]
    return groups


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    root = list(range(count))

    def find(place: int) -> int:
        while root[place] != place:
            place = root[place]
        return place

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        root[second] = first
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(count):
        members[find(place)].append(place)
    return list(members.values())
