"""What tagging finds by itself gets the entries and the external ids of gazetteer rows."""

from __future__ import annotations

import pytest

from schemas.gazetteer import CaseRule, GazetteerRow, MatchRule
from schemas.tags import EntityType, ExternalIds
from services.tagging.core import Tagger
from services.tagging.gazetteer.matcher import Gazetteer
from services.tagging.gazetteer.packs.registry import PACKS
from tests.unit.tagging.conftest import (
    ORGANISATION,
    PERSON,
    PLACE,
    MakeTagger,
    mentions,
    named,
    tag,
)

IDS = ExternalIds(ticker="OSL:QRY", lei="0000000000000000SK98")
QUARRY = GazetteerRow(
    id="q:1",
    name="Quarry Inc",
    type=ORGANISATION,
    ambiguous_aliases=["Quarry"],
    external_ids=IDS,
)
LONG_HEADLINE = "Unquestionably Interesting Neighbours Congratulate Stonemasons At Quarry"


def entity_ids(tagger: Tagger, text: str) -> list[str]:
    return [entity.entity_id for entity in tag(tagger, text).entities]


def test_an_ambiguous_alias_matches_only_where_the_tagger_finds_the_type(
    make_tagger: MakeTagger,
) -> None:
    as_company, as_person = make_tagger({"Quarry": ORGANISATION}), make_tagger({"Quarry": PERSON})
    unseen = make_tagger({})
    for one in (as_company, as_person, unseen):
        one.gazetteer.put(QUARRY)
    text = "The board of Quarry met on Sunday."

    found = named(tag(as_company, text), "Quarry Inc")
    assert (found.entity_id, found.external_ids, mentions(found)) == ("q:1", IDS, ["Quarry"])
    assert found.mentions[0].by == "words-1"
    assert "q:1" not in entity_ids(as_person, text)
    assert entity_ids(unseen, text) == []


def test_a_certain_name_and_an_ambiguous_one_are_one_entity(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quarry": ORGANISATION})
    tagger.gazetteer.put(QUARRY)

    found = named(tag(tagger, "Quarry Inc said so. Later Quarry said more."), "Quarry Inc")
    assert mentions(found) == ["Quarry Inc", "Quarry"]


def test_a_name_is_ambiguous_if_it_is_listed_so_even_as_the_rows_name(
    make_tagger: MakeTagger,
) -> None:
    tagger = make_tagger({})
    tagger.gazetteer.put(
        QUARRY.model_copy(update={"aliases": ["Quarry"], "ambiguous_aliases": ["Quarry Inc"]})
    )

    assert entity_ids(tagger, "They met at Quarry today.") == ["q:1"]
    assert "q:1" not in entity_ids(tagger, "They met at Quarry Inc today.") or mentions(
        tag(tagger, "They met at Quarry Inc today.").entities[0]
    ) == ["Quarry"]


def test_one_word_must_be_capitalised_within_a_sentence_of_the_body(
    make_tagger: MakeTagger,
) -> None:
    tagger = make_tagger({"Quarry": ORGANISATION, "QUARRY": ORGANISATION})
    tagger.gazetteer.put(QUARRY)
    first_words = "Quarry rules were relaxed. \u201cQuarry is open,\u201d she said."

    assert entity_ids(tagger, first_words) == ["organisation:quarry"]
    assert entity_ids(tagger, f"{first_words} The Quarry is open.") == ["organisation:quarry"]
    assert entity_ids(tagger, f"{first_words} So said the owner of Quarry.") == ["q:1"]
    for headline in (
        "Profit Rise Below Quarry",
        "PROFIT RISE BELOW QUARRY",
        "A Quarry",
        LONG_HEADLINE,
    ):
        text = f"{first_words}\n\n{headline}\n\nIt is open."
        assert "q:1" not in entity_ids(tagger, text), headline
    titled = tag(tagger, first_words, title="Rules of the Quarry relaxed")
    assert [one.entity_id for one in titled.entities] == ["organisation:quarry"]


@pytest.mark.parametrize("name", ["QuarryOne", "QRY", "Quarry Stone", "Quarry5"])
def test_a_name_that_is_no_common_word_may_begin_the_sentence(
    make_tagger: MakeTagger, name: str
) -> None:
    tagger = make_tagger({name: ORGANISATION})
    tagger.gazetteer.put(QUARRY.model_copy(update={"ambiguous_aliases": [name]}))

    assert entity_ids(tagger, f"{name} was relaxed.") == ["q:1"]


@pytest.mark.parametrize(
    ("alias", "name", "is_meant"),
    [
        ("Quarry Stone", "Quarry Stone Inc", True),
        ("Quarry Stone", "Quarry Stone, Inc.", True),
        ("QuarryOne", "QuarryOne Corp", True),
        ("Quarry", "Quarry Ltd", False),
        ("Quarry Stone", "Quarry Stone Works Inc", False),
    ],
)
def test_a_legal_form_may_follow_a_name_that_is_no_common_word(
    make_tagger: MakeTagger,
    alias: str,
    name: str,
    is_meant: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    tagger = make_tagger({name: ORGANISATION})
    tagger.gazetteer.put(
        QUARRY.model_copy(update={"name": "Harbour Works", "ambiguous_aliases": [alias]})
    )

    assert ("q:1" in entity_ids(tagger, f"The owner of {name} said so.")) is is_meant


def test_the_case_rule_holds_for_ambiguous_aliases(make_tagger: MakeTagger) -> None:
    row = QUARRY.model_copy(update={"ambiguous_aliases": ["NEXTRA"], "case": CaseRule.EXACT})
    tagger = make_tagger({"Nextra": ORGANISATION, "NEXTRA": ORGANISATION})
    tagger.gazetteer.put(row)

    assert entity_ids(tagger, "The shares of NEXTRA fell on Sunday.") == ["q:1"]
    assert "q:1" not in entity_ids(tagger, "The shares of Nextra fell on Sunday.")


def test_an_alias_of_two_rows_means_neither(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quarry": ORGANISATION})
    tagger.gazetteer.put(QUARRY)
    tagger.gazetteer.put(QUARRY.model_copy(update={"id": "q:2", "name": "Quarry Works Inc"}))
    assert entity_ids(tagger, "The board of Quarry met.") == ["organisation:quarry"]

    tagger.gazetteer.remove("q:2")
    assert entity_ids(tagger, "The board of Quarry met.") == ["q:1"]


def test_a_row_matched_by_id_adds_ids_and_is_not_searched_for(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Denmark": PLACE})
    plain = named(tag(tagger, "She moved to Denmark in May."), "Denmark")
    row = GazetteerRow(
        id=plain.entity_id,
        name="Kingdom",
        type=PLACE,
        match=MatchRule.ID,
        external_ids=ExternalIds(wikidata="Q35"),
    )
    assert tagger.gazetteer.put(row) == []

    linked = named(tag(tagger, "She moved to Denmark, a Kingdom, in May."), "Denmark")
    assert linked.external_ids == ExternalIds(wikidata="Q35", geonames="2623032")
    assert (linked.wikidata_id, linked.country_code) == ("Q35", "DK")
    assert entity_ids(tagger, "A Kingdom for a horse.") == []


def test_places_have_their_geonames_id_without_a_row(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Oslo": PLACE, "Skarholm": PLACE})
    tags = tag(tagger, "From Oslo the boat goes to Skarholm.")

    assert named(tags, "Oslo").external_ids == ExternalIds(geonames="3143244")
    assert named(tags, "Skarholm").external_ids is None


def test_a_row_of_another_type_adds_nothing(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quarry": ORGANISATION})
    tagger.gazetteer.put(
        GazetteerRow(
            id="organisation:quarry",
            name="Quarry",
            type=PLACE,
            match=MatchRule.ID,
            wikidata_id="Q1",
        )
    )

    found = named(tag(tagger, "The board of Quarry met."), "Quarry")
    assert (found.external_ids, found.wikidata_id) == (None, None)


def test_wikidata_id_and_external_ids_agree(make_tagger: MakeTagger) -> None:
    gazetteer = Gazetteer()
    gazetteer.put(QUARRY.model_copy(update={"wikidata_id": "Q42"}))
    gazetteer.put(
        QUARRY.model_copy(
            update={"id": "q:2", "wikidata_id": "Q42", "external_ids": ExternalIds(wikidata="Q7")}
        )
    )
    first, second = gazetteer.entry("q:1"), gazetteer.entry("q:2")

    assert first is not None
    assert second is not None
    assert first.external_ids == IDS.model_copy(update={"wikidata": "Q42"})
    assert second.external_ids == ExternalIds(wikidata="Q7")


@pytest.fixture(scope="module")
def loaded() -> Tagger:
    """Return a tagger with the real model and all packs."""
    tagger = Tagger.load()
    for pack in PACKS.values():
        for row in pack.rows():
            assert tagger.gazetteer.put(row) == [], row
    return tagger


@pytest.mark.parametrize(
    "text",
    [
        "She bought an apple, a shell and a visa at the gap in the wall.",
        "The orange target of the council is to close the gap by next year.",
        "Apple picking begins in May. Target practice was cancelled on Monday.",
        "Visa rules were relaxed for students. Gap years are popular again.",
        "Chad Ruud and Georgia Falk met Jordan Quint, who lives with Paris Lind.",
        "The Target of the investigation denied it. He applied for a Visa at the embassy.",
        "PROFIT RISE BELOW TARGET\n\nThe mill in Skarholm said its profit rose by four per cent.",
        "Reading is fun, the children said. Nice weather made the Mobile phone optional.",
    ],
)
def test_common_words_and_first_names_are_neither_companies_nor_countries(
    loaded: Tagger, text: str
) -> None:
    assert [
        entity.name
        for entity in tag(loaded, text).entities
        if entity.external_ids and (entity.external_ids.ticker or entity.external_ids.wikidata)
    ] == []


def test_a_georgia_of_the_united_states_is_not_the_country(loaded: Tagger) -> None:
    state = "Voters in Atlanta, Savannah and the rest of Georgia in the United States vote today."
    country = "Officials from Tbilisi said that Georgia and Armenia will reopen the border post."

    for text, expected in ((state, None), (country, "Q230")):
        georgia = next(one for one in tag(loaded, text).entities if one.name == "Georgia")
        assert georgia.wikidata_id == expected, text


def test_companies_have_their_tickers(loaded: Tagger) -> None:
    tags = tag(
        loaded,
        "Shares of Microsoft rose after the company said it had hired a manager from Apple Inc. "
        "Analysts said that Siemens could follow. Target Corporation fell.",
    )
    tickers = {one.name: one.external_ids.ticker for one in tags.entities if one.external_ids}

    assert tickers["Microsoft"] == "NASDAQ:MSFT"
    assert tickers["Apple Inc."] == "NASDAQ:AAPL"
    assert tickers["Target Corporation"] == "NYSE:TGT"


def test_a_pack_has_no_row_that_refuses_a_name() -> None:
    kinds = {row.type for pack in PACKS.values() for row in pack.rows()}

    assert kinds == {EntityType.ORGANISATION, EntityType.PLACE, EntityType.PERSON}
