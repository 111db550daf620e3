from __future__ import annotations

import pytest

from services.tagging.entities.entity_id import entity_id
from services.tagging.names import possible_acronyms
from tests.unit.tagging.conftest import (
    ORGANISATION,
    PERSON,
    PLACE,
    MakeTagger,
    mentions,
    named,
    tag,
)


def test_an_acronym_is_merged_with_its_full_name(make_tagger: MakeTagger) -> None:
    name = "Inland Harbour Organisation"
    tagger = make_tagger({name: ORGANISATION, "IHO": ORGANISATION})
    tags = tag(tagger, f"The {name} (IHO) met. The IHO is old.")

    assert [name, "IHO", "IHO"] == mentions(named(tags, name))


def test_an_acronym_in_brackets_after_a_name_is_found(make_tagger: MakeTagger) -> None:
    name = "Inland Harbour Organisation"
    tags = tag(make_tagger({name: ORGANISATION}), f"The {name} (IHO) met. So IHO met.")

    assert mentions(named(tags, name)) == [name, "IHO", "IHO"]


def test_an_acronym_in_brackets_need_not_be_the_initials(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Free Fishers League": ORGANISATION, "FISH": ORGANISATION})
    tags = tag(tagger, "The Free Fishers League (FISH) met. FISH is young.")

    assert mentions(named(tags, "Free Fishers League")) == ["Free Fishers League", "FISH", "FISH"]


def test_a_company_is_merged_with_its_name_without_legal_form(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quell Works Ltd": ORGANISATION, "Quell Works": ORGANISATION})
    tags = tag(tagger, "Quell Works Ltd fell. Quell Works rose.")

    assert mentions(named(tags, "Quell Works Ltd")) == ["Quell Works Ltd", "Quell Works"]


def test_the_names_of_one_country_are_one_entity(make_tagger: MakeTagger) -> None:
    words = dict.fromkeys(("US", "U.S.", "the United States"), PLACE)
    tags = tag(make_tagger(words), "The US and the U.S. and the United States.")

    assert mentions(named(tags, "United States")) == ["US", "U.S.", "United States"]
    assert named(tags, "United States").country_code == "US"


@pytest.mark.parametrize("short", ["van der Quell", "Quell", "Ida"])
def test_parts_of_a_full_name_are_merged_with_the_person(
    make_tagger: MakeTagger, short: str
) -> None:
    tagger = make_tagger({"Ida van der Quell": PERSON, short: PERSON})
    tags = tag(tagger, f"Ida van der Quell came. Later {short} left.")

    assert ["Ida van der Quell", short] == mentions(named(tags, "Ida van der Quell"))


def test_acronyms_are_made_with_and_without_link_words() -> None:
    assert {"osf", "oosaf"} == possible_acronyms("Organisation of Ships and Fishers")
    assert set() == possible_acronyms("Fishers")


def test_entity_ids_are_stable_and_valid_in_any_script() -> None:
    assert entity_id(PERSON, "Ida Falk") == "person:ida-falk"
    assert entity_id(PERSON, "IDA FALK") == "person:ida-falk"
    assert entity_id(PERSON, "Ида Фальк") == entity_id(PERSON, "Ида Фальк")
    assert entity_id(PERSON, "Ида Фальк") != entity_id(PERSON, "Нильс Берг")
    assert entity_id(PERSON, "x" * 500).isascii()
    assert len(entity_id(PERSON, "x" * 500)) <= 128
