from __future__ import annotations

import pytest

from services.tagging.entities.entity_id import entity_id
from services.tagging.names import initials
from tests.unit.tagging.conftest import (
    ORGANISATION,
    PERSON,
    PLACE,
    MakeTagger,
    mentions,
    named,
    tag,
)


def test_an_acronym_meets_the_name_it_stands_for(make_tagger: MakeTagger) -> None:
    name = "Inland Harbour Organisation"
    tagger = make_tagger({name: ORGANISATION, "IHO": ORGANISATION})
    tags = tag(tagger, f"The {name} (IHO) met. The IHO is old.")

    assert [name, "IHO", "IHO"] == mentions(named(tags, name))


def test_an_acronym_is_known_from_its_brackets(make_tagger: MakeTagger) -> None:
    name = "Inland Harbour Organisation"
    tags = tag(make_tagger({name: ORGANISATION}), f"The {name} (IHO) met. So IHO met.")

    assert mentions(named(tags, name)) == [name, "IHO", "IHO"]


def test_a_bracketed_acronym_need_not_be_the_initials(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Free Fishers League": ORGANISATION, "FISH": ORGANISATION})
    tags = tag(tagger, "The Free Fishers League (FISH) met. FISH is young.")

    assert mentions(named(tags, "Free Fishers League")) == ["Free Fishers League", "FISH", "FISH"]


def test_a_firm_is_itself_without_its_legal_form(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quell Works Ltd": ORGANISATION, "Quell Works": ORGANISATION})
    tags = tag(tagger, "Quell Works Ltd fell. Quell Works rose.")

    assert mentions(named(tags, "Quell Works Ltd")) == ["Quell Works Ltd", "Quell Works"]


def test_the_names_of_one_country_are_one_place(make_tagger: MakeTagger) -> None:
    words = dict.fromkeys(("US", "U.S.", "the United States"), PLACE)
    tags = tag(make_tagger(words), "The US and the U.S. and the United States.")

    assert mentions(named(tags, "United States")) == ["US", "U.S.", "United States"]
    assert named(tags, "United States").country_code == "US"


@pytest.mark.parametrize("short", ["van der Quell", "Quell", "Ida"])
def test_parts_of_a_full_name_are_the_person(make_tagger: MakeTagger, short: str) -> None:
    tagger = make_tagger({"Ida van der Quell": PERSON, short: PERSON})
    tags = tag(tagger, f"Ida van der Quell came. Later {short} left.")

    assert ["Ida van der Quell", short] == mentions(named(tags, "Ida van der Quell"))


def test_initials_with_and_without_small_words() -> None:
    assert {"osf", "oosaf"} == initials("Organisation of Ships and Fishers")
    assert set() == initials("Fishers")


def test_ids_are_stable_and_valid_for_any_script() -> None:
    assert entity_id(PERSON, "Ida Falk") == "person:ida-falk"
    assert entity_id(PERSON, "IDA FALK") == "person:ida-falk"
    assert entity_id(PERSON, "Ида Фальк") == entity_id(PERSON, "Ида Фальк")
    assert entity_id(PERSON, "Ида Фальк") != entity_id(PERSON, "Нильс Берг")
    assert entity_id(PERSON, "x" * 500).isascii()
    assert len(entity_id(PERSON, "x" * 500)) <= 128
