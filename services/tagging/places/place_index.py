"""An index of places by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

CONTINENT, COUNTRY, REGION, CITY = "continent", "country", "region", "city"
"""Values of `place_kind`; a place that the index does not know is `other`."""


class Place(NamedTuple):
    """A known place."""

    place_id: str
    name: str
    kind: str
    country_code: str | None
    region_code: str | None
    """Code of the subdivision without its country ("TX"), where known."""
    latitude: float | None
    longitude: float | None
    population: int | None


class PlaceIndex:
    """All known places by folded name (see `fold_name`)."""

    def __init__(
        self,
        places: Iterable[tuple[str, Place]],
        *,
        neighbours: Mapping[str, frozenset[str]],
        capitals: AbstractSet[tuple[str, str]],
    ) -> None:
        """Index the places by the folded name given with each.

        `neighbours` gives the codes of the countries that border on a country; `capitals`
        contains pairs of a country's code and the name of its capital.
        """
        self._by_name: dict[str, list[Place]] = {}
        for name, place in places:
            same_name = self._by_name.setdefault(name, [])
            if place not in same_name:
                same_name.append(place)
        for same_name in self._by_name.values():
            if len(same_name) > 1:
                same_name.sort(key=lambda place: -(place.population or 0))
        self.neighbours = neighbours
        self._capitals = capitals
        self.country_names = frozenset(
            name
            for name, same_name in self._by_name.items()
            if any(place.kind in (COUNTRY, CONTINENT) for place in same_name)
        )
        """Folded names of countries and continents."""
        self.country_stems = frozenset(
            name[: len(name) - cut] for name in self.country_names for cut in (0, 1, 2)
        )
        """The same, and also without their last one or two letters: demonyms begin so."""

    def __contains__(self, folded: str) -> bool:
        return folded in self._by_name

    def candidates(self, folded: str) -> list[Place]:
        """Return all places with a folded name, the largest first; empty where there is none."""
        return self._by_name.get(folded, [])

    def is_capital(self, place: Place) -> bool:
        """Return whether a place is the capital city of its country."""
        return place.kind == CITY and (place.country_code, place.name) in self._capitals

    def country(self, folded: str) -> Place | None:
        """Return the country or continent with a folded name, or None."""
        for place in self.candidates(folded):
            if place.kind in (COUNTRY, CONTINENT):
                return place
        return None
