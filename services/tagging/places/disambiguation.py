"""Which place a name means: the article's other places decide between bearers of one name.

Every bearer of a name gets points for its size and for each other place of the article
that lies in, or is, its country, its region or a neighbour. The bearer with the most
points is taken; without a clear lead it is taken too, but the entity says `ambiguous`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.tagging.places.place_names import CITY, CONTINENT, COUNTRY, REGION, Place, PlaceBook

SAME_REGION, SAME_COUNTRY, NEIGHBOUR = 4.0, 1.0, 0.5
"""Points for each other place in the same region, the same country, a neighbouring one."""

APPOSED = 4.0
"""Points of a bearer that lies in the place named right after it: "Paris, Texas"."""

CAPITAL = 1.5
"""Points of a country's capital."""

COMPANY, MOST_COMPANY = 0.5, 2.0
"""Points of a country for each other country that the article names, and at most: places
are named in the company of their like."""

KIND_POINTS = {CONTINENT: 2.0, COUNTRY: 2.0, REGION: 1.0, CITY: 0.0}
"""Points for what a bearer is: news names countries more than towns of the same name."""

STATE_POPULATION = 1_000_000
"""Taken for a state of the United States, whose number the library does not give; for
ranking only."""

CLEAR_LEAD, CLEAR_CITY_LEAD = 1.75, 0.6
"""Points by which the first must lead the second, and by which a city must lead another
city; a size ten times larger gives one point."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A name with the place it most likely means, and whether that is sure."""

    place: Place
    ambiguous: bool


def resolve(
    names: Iterable[str], book: PlaceBook, apposed: Mapping[str, str] | None = None
) -> dict[str, Placed]:
    """Return the place of every folded name that the book knows; the others are left out.

    `apposed` gives for a name the one that stands right after it behind a comma.
    """
    bearers = {name: book.bearers(name) for name in names}
    bearers = {name: known for name, known in bearers.items() if known}
    # Names with one bearer of weight are the ground that the others are judged on.
    likely = {name: max(known, key=_size) for name, known in bearers.items()}
    apposed = apposed or {}
    return {
        name: _choose(name, known, likely, book, likely.get(apposed.get(name, "")))
        for name, known in bearers.items()
    }


def _choose(
    name: str,
    known: list[Place],
    likely: Mapping[str, Place],
    book: PlaceBook,
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
        return APPOSED if place.region_code == around.region_code else 0.0
    return 0.0 if place.kind == COUNTRY else APPOSED


def _size(place: Place) -> float:
    unknown = STATE_POPULATION if place.kind == REGION and place.country_code == "US" else 0
    return KIND_POINTS[place.kind] + math.log10((place.population or unknown) + 1000)


def _points(place: Place, others: Sequence[Place], book: PlaceBook) -> float:
    points = _size(place) + (CAPITAL if book.is_capital(place) else 0.0)
    near = book.neighbours.get(place.country_code or "", frozenset())
    if place.kind == COUNTRY:
        countries = {other.place_id for other in others if other.kind == COUNTRY}
        points += min(COMPANY * len(countries), MOST_COMPANY)
    for other in others:
        if other.country_code is None:
            continue
        if other.country_code == place.country_code:
            inside = other.region_code == place.region_code and other.region_code is not None
            points += SAME_REGION if inside else SAME_COUNTRY
        elif other.country_code in near:
            points += NEIGHBOUR
    return points
