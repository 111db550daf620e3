"""Decide which place a name means, by the other places of the article.

Every candidate for a name gets points for its size, and for each other place of the article
that lies in its country, its region or a neighbouring country. The candidate with the most
points is chosen; without a clear lead it is chosen too, but the result says `ambiguous`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.tagging.places.place_index import (
    CITY,
    CONTINENT,
    COUNTRY,
    REGION,
    Place,
    PlaceIndex,
)

SAME_REGION_POINTS, SAME_COUNTRY_POINTS, NEIGHBOUR_POINTS = 4.0, 1.0, 0.5
"""For each other place in the same region, the same country, a neighbouring country."""

CONTAINING_PLACE_POINTS = 4.0
"""For a candidate that lies in the place named right after it: "Paris, Texas"."""

CAPITAL_POINTS = 1.5
"""For a country's capital."""

OTHER_COUNTRY_POINTS, MAX_OTHER_COUNTRY_POINTS = 0.5, 2.0
"""For a country, for each other country that the article names, and at most: places are
often named together with places of the same kind."""

KIND_POINTS = {CONTINENT: 2.0, COUNTRY: 2.0, REGION: 1.0, CITY: 0.0}
"""For the kind of place: news names countries more often than towns of the same name."""

ASSUMED_STATE_POPULATION = 1_000_000
"""For ranking only: population of a state of the United States, which the library does not
give."""

POPULATION_OFFSET = 1000
"""Added to a population before its logarithm is taken: bounds the points of small places."""

CLEAR_LEAD, CLEAR_CITY_LEAD = 1.75, 0.6
"""Points by which the best candidate must lead the second, and by which a city must lead
another city; a population ten times as large gives one point."""


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """The place that a name most likely means, and whether that is uncertain."""

    place: Place
    ambiguous: bool


def resolve_places(
    names: Iterable[str], index: PlaceIndex, containing: Mapping[str, str] | None = None
) -> dict[str, ResolvedPlace]:
    """Return the place of every folded name that the index knows, and leave out the others.

    `containing` gives, for a name, the name that follows it after a comma.
    """
    candidates = {name: index.candidates(name) for name in names}
    candidates = {name: places for name, places in candidates.items() if places}
    # The largest candidate of each name is the context in which the other names are judged.
    likely = {name: max(places, key=_size_points) for name, places in candidates.items()}
    containing = containing or {}
    return {
        name: _choose(name, places, likely, index, likely.get(containing.get(name, "")))
        for name, places in candidates.items()
    }


def _choose(
    name: str,
    candidates: list[Place],
    likely: Mapping[str, Place],
    index: PlaceIndex,
    containing: Place | None,
) -> ResolvedPlace:
    if len(candidates) == 1:
        return ResolvedPlace(candidates[0], ambiguous=False)
    others = [place for other, place in likely.items() if other != name]
    scored = sorted(
        (
            (_points(place, others, index) + _containment_points(place, containing), place)
            for place in candidates
        ),
        key=lambda pair: (-pair[0], pair[1].place_id),
    )
    (best, place), (second, other) = scored[0], scored[1]
    clear = CLEAR_CITY_LEAD if place.kind == other.kind == CITY else CLEAR_LEAD
    return ResolvedPlace(place, ambiguous=best - second < clear)


def _containment_points(place: Place, containing: Place | None) -> float:
    if (
        containing is None
        or containing.kind == CITY
        or place.country_code != containing.country_code
    ):
        return 0.0
    if containing.kind == REGION:
        return CONTAINING_PLACE_POINTS if place.region_code == containing.region_code else 0.0
    return 0.0 if place.kind == COUNTRY else CONTAINING_PLACE_POINTS


def _size_points(place: Place) -> float:
    is_state = place.kind == REGION and place.country_code == "US"
    population = place.population or (ASSUMED_STATE_POPULATION if is_state else 0)
    return KIND_POINTS[place.kind] + math.log10(population + POPULATION_OFFSET)


def _points(place: Place, others: Sequence[Place], index: PlaceIndex) -> float:
    points = _size_points(place) + (CAPITAL_POINTS if index.is_capital(place) else 0.0)
    neighbours = index.neighbours.get(place.country_code or "", frozenset())
    if place.kind == COUNTRY:
        countries = {other.place_id for other in others if other.kind == COUNTRY}
        points += min(OTHER_COUNTRY_POINTS * len(countries), MAX_OTHER_COUNTRY_POINTS)
    for other in others:
        if other.country_code is None:
            continue
        if other.country_code == place.country_code:
            same_region = other.region_code == place.region_code and other.region_code is not None
            points += SAME_REGION_POINTS if same_region else SAME_COUNTRY_POINTS
        elif other.country_code in neighbours:
            points += NEIGHBOUR_POINTS
    return points
