from __future__ import annotations

import pytest

from services.tagging.entities.common_nouns import is_demonym
from services.tagging.models.registry import ModelRegistry
from services.tagging.names import fold_name
from services.tagging.places.disambiguation import resolve_places
from services.tagging.places.place_data import country_names
from services.tagging.places.place_index import PlaceIndex
from tests.unit.tagging.conftest import PLACE, MakeTagger, mentions, named, tag


@pytest.mark.parametrize(
    ("name", "others", "country", "ambiguous"),
    [
        ("Georgia", ["Atlanta", "Florida"], "US", False),
        ("Georgia", ["Armenia", "Turkey", "Russia"], "GE", False),
        ("Georgia", [], "GE", True),
        ("Paris", [], "FR", False),
        ("Paris", ["Texas", "Dallas"], "US", False),
        ("Springfield", [], "US", True),
        ("Birmingham", ["Alabama"], "US", False),
        ("Oslo", [], "NO", False),
    ],
)
def test_a_name_is_disambiguated_by_the_other_places(
    places: PlaceIndex,
    name: str,
    others: list[str],
    country: str,
    ambiguous: bool,  # noqa: FBT001 - a table's column
) -> None:
    placed = resolve_places([fold_name(one) for one in (name, *others)], places)[fold_name(name)]

    assert (country, ambiguous) == (placed.place.country_code, placed.ambiguous)


def test_a_name_is_disambiguated_by_the_place_after_the_comma(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Paris": PLACE, "Texas": PLACE})
    tags = tag(tagger, "A storm hit Paris, Texas on Monday.")

    assert (named(tags, "Paris").country_code, named(tags, "Paris").ambiguous) == ("US", False)


def test_a_city_has_coordinates_and_a_country_has_its_code(make_tagger: MakeTagger) -> None:
    tags = tag(make_tagger({"Oslo": PLACE}), "In Oslo, Norway, it rained.")
    oslo, norway = named(tags, "Oslo"), named(tags, "Norway")

    assert (oslo.place_kind, oslo.country_code) == ("city", "NO")
    assert oslo.latitude == pytest.approx(59.9, abs=0.1)
    assert oslo.longitude == pytest.approx(10.7, abs=0.1)
    assert (oslo.population or 0) > 500_000
    assert (norway.place_kind, norway.country_code, norway.latitude) == ("country", "NO", None)


def test_an_unknown_place_has_the_kind_other(make_tagger: MakeTagger) -> None:
    place = named(tag(make_tagger({"Skarholm": PLACE}), "In Skarholm it rained."), "Skarholm")

    assert (
        place.entity_id,
        place.place_kind,
        place.country_code,
    ) == ("place:skarholm", "other", None)


def test_two_names_of_one_city_are_one_entity(make_tagger: MakeTagger) -> None:
    tags = tag(make_tagger({"Kiev": PLACE, "Kyiv": PLACE}), "Kiev, or Kyiv, is old.")

    assert [entity.name for entity in tags.entities] == ["Kyiv"]
    assert len(tags.entities[0].mentions) == 2


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ukrainian", True),
        ("norwegian", False),
        ("georgian", True),
        ("oslo", False),
        ("mali", False),
    ],
)
def test_a_demonym_is_recognised_by_its_form(
    places: PlaceIndex,
    word: str,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert expected is is_demonym(word, places)


def test_countries_have_names_in_other_languages() -> None:
    assert country_names("fr")[fold_name("Norvège")] == "norway"
    assert country_names("xx") == {}


def test_a_country_has_the_same_id_in_a_french_article(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Norvège": PLACE})
    tagger.models = ModelRegistry({"fr": tagger.models._loaders["en"]})
    norway = named(tag(tagger, "La Norvège attend.", language="fr"), "Norway")

    assert norway.country_code == "NO"
    assert mentions(norway) == ["Norvège"]
