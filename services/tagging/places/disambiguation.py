"""Decide which place a name means, by the article's other places.

Every place of that name gets points for its size, and for each other place of the article that lies
in, or is, its country, its region or a neighbouring country. The place with the most points is
chosen; without a clear lead it is chosen too, but the entity is marked `ambiguous`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.tagging.places.place_index import CITY, CONTINENT, COUNTRY, REGION, Place, PlaceNames

SAME_REGION, SAME_COUNTRY, NEIGHBOUR = 4.0, 1.0, 0.5
"""Points for each other place in the same region, the same country, a neighbouring country."""

CONTAINED = 4.0
"""Points of a place that lies in the place named right after it: "Paris, Texas"."""

CAPITAL = 1.5
"""Points of a country's capital."""

OTHER_COUNTRY, MAX_OTHER_COUNTRIES = 0.5, 2.0
"""Points of a country for each other country that the article names, and their maximum:
countries are often named together."""

KIND_POINTS = {CONTINENT: 2.0, COUNTRY: 2.0, REGION: 1.0, CITY: 0.0}
"""Points for the kind of place: news names countries more often than towns of the same name."""

STATE_POPULATION = 1_000_000
"""Assumed for a state of the United States, whose population the library does not give; used for
ranking only."""

CLEAR_LEAD, CLEAR_CITY_LEAD = 1.75, 0.6
"""Points by which the first place must lead the second, and a city another city. A size ten times
larger gives one point."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The place that a name most likely means, and whether that is certain."""

    place: Place
    ambiguous: bool


def resolve(
    names: Iterable[str], book: PlaceNames, apposed: Mapping[str, str] | None = None
) -> dict[str, Placed]:
    """Return the place of every folded name that is known; the others are left out.

    `apposed` gives for a name the one that follows it behind a comma.
    """
    places_named = {name: book.places_named(name) for name in names}
    places_named = {name: known for name, known in places_named.items() if known}
    # The largest place of each name is what the others are judged by.
    likely = {name: max(known, key=_size) for name, known in places_named.items()}
    apposed = apposed or {}
    return {
        name: _choose(name, known, likely, book, likely.get(apposed.get(name, "")))
        for name, known in places_named.items()
    }


def _choose(
    name: str,
    known: list[Place],
    likely: Mapping[str, Place],
    book: PlaceNames,
    around: Place | None,
) -> Placed:
    if len(known) == 1:
        return Placed(known[0], ambiguous=False)
    others = [place for other, place in likely.items() if other != name]
    scored = sorted(
        ((_points(place, others, book) + _inside(place, around), place) for place in known),
        key=lambda pair: (-pair[0], pair[1].place_id),
    )
    (best, place), (second, other) = scored[0], scored[1]
    clear = CLEAR_CITY_LEAD if place.kind == other.kind == CITY else CLEAR_LEAD
    return Placed(place, ambiguous=best - second < clear)


def _inside(place: Place, around: Place | None) -> float:
    if around is None or around.kind == CITY or place.country_code != around.country_code:
        return 0.0
    if around.kind == REGION:
        return CONTAINED if place.region_code == around.region_code else 0.0
    return 0.0 if place.kind == COUNTRY else CONTAINED


def _size(place: Place) -> float:
    unknown = STATE_POPULATION if place.kind == REGION and place.country_code == "US" else 0
    return KIND_POINTS[place.kind] + math.log10((place.population or unknown) + 1000)


def _points(place: Place, others: Sequence[Place], book: PlaceNames) -> float:
    points = _size(place) + (CAPITAL if book.is_capital(place) else 0.0)
    near = book.neighbours.get(place.country_code or "", frozenset())
    if place.kind == COUNTRY:
        countries = {other.place_id for other in others if other.kind == COUNTRY}
        points += min(OTHER_COUNTRY * len(countries), MAX_OTHER_COUNTRIES)
    for other in others:
        if other.country_code is None:
            continue
        if other.country_code == place.country_code:
            inside = other.region_code == place.region_code and other.region_code is not None
            points += SAME_REGION if inside else SAME_COUNTRY
        elif other.country_code in near:
            points += NEIGHBOUR
    return points
