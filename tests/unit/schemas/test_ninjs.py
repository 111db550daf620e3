"""The ninjs view of an enriched article.

IPTC's schema file is in no package registry. The schema here is written from the list of
fields of ninjs 3.1 for what the view uses, as closed as the standard is. To check the view
with the official file as well: NINJS_SCHEMA=path/to/ninjs-schema_3.1.json make test-quick
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from schemas import ninjs
from schemas.article import EnrichedArticle
from services.contract import json_schemas

TEXT = {"type": "string"}
URI = {"type": "string", "format": "uri"}
TIME = {"type": "string", "format": "date-time"}
PER_CENT = {"type": "integer", "minimum": 0, "maximum": 100}
GEOJSON = "https://geojson.org/schema/GeoJSON.json"


def closed(required: tuple[str, ...] = (), /, **fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def several(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


THING = {"name": TEXT, "rel": TEXT, "uri": URI, "literal": TEXT}
POINT = closed(
    ("type", "coordinates"),
    type={"const": "Point"},
    coordinates={
        "type": "array",
        "prefixItems": [
            {"type": "number", "minimum": -180, "maximum": 180},
            {"type": "number", "minimum": -90, "maximum": 90},
        ],
        "minItems": 2,
        "maxItems": 3,
    },
)
FIELDS = {
    "uri": URI,
    "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component"]},
    "representationType": {"enum": ["full", "partial"]},
    "version": TEXT,
    "firstCreated": TIME,
    "versionCreated": TIME,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "edNote": TEXT,
    "language": TEXT,
    "headlines": several(closed(("value",), role=TEXT, contentType=TEXT, value=TEXT)),
    "bodies": several(
        closed(
            ("value",),
            role=TEXT,
            contentType=TEXT,
            charCount={"type": "integer"},
            wordCount={"type": "integer"},
            value=TEXT,
        )
    ),
    "by": TEXT,
    "people": several(closed(**THING)),
    "organisations": several(closed(**THING)),
    "places": several(closed(**THING, geoJSON=POINT)),
    "events": several(closed(**THING, id=TEXT)),
    "objects": several(closed(**THING)),
    "subjects": several(closed(**THING, creator=TEXT, relevance=PER_CENT, confidence=PER_CENT)),
    "infoSources": several(closed(name=TEXT, role=TEXT, uri=URI, literal=TEXT)),
    "altIds": several(closed(role=TEXT, value=TEXT)),
    "standard": closed(name=TEXT, version=TEXT, schema=URI),
}
FIELDS["associations"] = several(
    {
        "type": "object",
        "properties": {**FIELDS, "name": TEXT, "rel": TEXT},
        "required": ["name", "uri"],
        "unevaluatedProperties": False,
    }
)
NINJS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": FIELDS,
    "required": ["uri"],
    "unevaluatedProperties": False,
}


def official() -> dict[str, Any]:
    """IPTC's schema, with the place of GeoJSON's taken by that of a point."""
    named = os.environ.get("NINJS_SCHEMA")
    if not named:
        pytest.skip("IPTC's own schema is in no package registry; NINJS_SCHEMA=path checks it too")
    schema: dict[str, Any] = json.loads(Path(named).read_text())
    return schema


def check(made: dict[str, Any], schema: dict[str, Any]) -> None:
    points = Resource.from_contents(POINT, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(GEOJSON, points)
    jsonschema.Draft202012Validator(
        schema,
        registry=registry,
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    ).validate(json.loads(json.dumps(made)))


def article(**fields: Any) -> EnrichedArticle:
    return EnrichedArticle.model_validate({**json_schemas.example(EnrichedArticle), **fields})


def entity(kind: str, **fields: Any) -> dict[str, Any]:
    bare = {"salience": 0.5, "mentions": [], "name": kind.title(), **fields}
    return {"entity_id": f"{kind}:x", "type": kind, **bare}


VERDICT = {"kind": "original", "reason": "no earlier article has its text", "revision": 1}
ARTICLES = {
    "as documented": article(),
    "bare": article(
        title="", body="", authors=[], published=None, modified=None, entities=[], story_id=None
    ),
    "unknown language": article(language="und"),
    "every kind of thing": article(
        entities=[
            entity(kind) for kind in ("person", "organisation", "group", "event", "work", "product")
        ]
        + [entity("place", latitude=59.91, longitude=10.75, wikidata_id="Q585")]
    ),
    "retraction": article(
        status="retracted", verdict={**VERDICT, "kind": "retraction", "revision": 3, "method": "x"}
    ),
    "an address beyond ASCII": article(url="https://Ä.example/ö", canonical_url=None),
}


@pytest.mark.parametrize("which", ["written here", "official"])
@pytest.mark.parametrize("name", ARTICLES)
def test_the_view_is_valid_ninjs(name: str, which: str) -> None:
    check(ninjs.from_enriched(ARTICLES[name]), official() if which == "official" else NINJS)


def test_the_schema_of_this_test_refuses_what_the_standard_refuses() -> None:
    made = ninjs.from_enriched(article())

    for broken in (
        {**made, "verdict": "original"},
        {**made, "uri": "no uri"},
        {**made, "pubStatus": "retracted"},
        {**made, "people": [{"name": "Ida", "salience": 1}]},
        {name: value for name, value in made.items() if name != "uri"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            check(broken, NINJS)


def test_a_revision_keeps_the_uri_and_counts_the_version() -> None:
    first = ninjs.from_enriched(article(verdict={**VERDICT, "method": "x"}))
    second = ninjs.from_enriched(
        article(verdict={**VERDICT, "kind": "revision", "revision": 2, "method": "x"})
    )

    assert first["uri"] == second["uri"]
    assert (first["version"], second["version"]) == ("1", "2")
    assert first["pubStatus"] == second["pubStatus"] == "usable"


def test_a_retraction_is_cancelled_with_an_editorial_note() -> None:
    made = ninjs.from_enriched(ARTICLES["retraction"])

    assert made["pubStatus"] == "canceled"
    assert made["edNote"].startswith("retraction: ")


def test_a_copy_names_its_original_and_its_story() -> None:
    verdict = {**VERDICT, "kind": "copy", "copy_of": "b2c3", "method": "x"}
    made = ninjs.from_enriched(article(verdict=verdict, story_id="s-1"))

    assert made["associations"] == [
        {"name": "original", "rel": "copyOf", "uri": "urn:newsloom:article:b2c3"},
        {"name": "story", "rel": "partOf", "uri": "urn:newsloom:story:s-1"},
    ]


def test_every_kind_of_thing_has_its_list_and_a_place_its_point() -> None:
    made = ninjs.from_enriched(ARTICLES["every kind of thing"])

    for name in ("people", "organisations", "subjects", "events", "objects", "places"):
        assert made[name], name
    assert len(made["objects"]) == 2
    (place,) = made["places"]
    assert place["uri"] == "http://www.wikidata.org/entity/Q585"
    assert place["geoJSON"] == {"type": "Point", "coordinates": [10.75, 59.91]}


def test_times_are_utc_and_unknown_ones_are_left_out() -> None:
    assert ninjs.from_enriched(article())["firstCreated"] == "2025-05-04T06:30:00Z"
    assert "firstCreated" not in ninjs.from_enriched(article(published=None))
