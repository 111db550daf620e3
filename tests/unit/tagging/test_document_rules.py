"""The document rules correct the names of a model, which here marks exactly the given words."""

from __future__ import annotations

import pytest

from schemas.gazetteer import CaseRule, GazetteerRow
from schemas.tags import EntityType
from tests.unit.tagging.conftest import (
    GROUP,
    ORGANISATION,
    PERSON,
    PLACE,
    MakeTagger,
    mentions,
    named,
    tag,
)


def test_a_surname_gets_the_type_of_the_full_name(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Ida Falk": PERSON, "Falk": ORGANISATION})
    tags = tag(tagger, "Ida Falk arrived. Falk spoke. Falk left.")

    assert mentions(named(tags, "Ida Falk")) == ["Ida Falk", "Falk", "Falk"]


def test_a_surname_is_found_where_the_model_missed_it(make_tagger: MakeTagger) -> None:
    tags = tag(make_tagger({"Ida Falk": PERSON}), "Ida Falk came. Then Falk left.", "Falk leaves")

    assert mentions(named(tags, "Ida Falk")) == ["Falk", "Ida Falk", "Falk"]


def test_names_with_and_without_a_middle_initial_are_one_person(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Ida Falk": PERSON, "Ida B. Falk": PERSON, "Falk": PERSON})
    tags = tag(tagger, "Ida Falk came. Ida B. Falk spoke. Falk left.")

    assert len(named(tags, "Ida B. Falk").mentions) == 3


def test_a_surname_that_two_people_share_stays_separate(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Ida Falk": PERSON, "Nils Falk": PERSON, "Falk": PERSON})
    tags = tag(tagger, "Ida Falk met Nils Falk. Falk was late.")

    assert mentions(named(tags, "Ida Falk")) == ["Ida Falk"]
    assert mentions(named(tags, "Falk")) == ["Falk"]


def test_known_names_are_found_where_the_model_missed_them(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quell Harbour Works": ORGANISATION})
    tagger.models.get("en").words = {}  # type: ignore[union-attr]
    first = tag(tagger, "Quell Harbour Works opened.")
    tagger = make_tagger({"Mrs Ida Falk": PERSON})
    tags = tag(tagger, "Mrs Ida Falk won. The vote for Ida Falk was clear. Falk smiled.")

    assert first.entities == []
    assert mentions(named(tags, "Ida Falk")) == ["Ida Falk", "Ida Falk", "Falk"]
    assert [m.by for m in named(tags, "Ida Falk").mentions] == ["words-1", "rule", "rule"]


def test_a_repeated_name_inside_a_longer_name_is_not_tagged(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"in Skarholm": PLACE})
    tags = tag(tagger, "It rained in Skarholm. The Skarholm Post wrote so.")

    assert mentions(named(tags, "Skarholm")) == ["Skarholm"]


def test_the_type_of_a_name_is_decided_by_vote(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quell": ORGANISATION, "Mr Quell": PERSON})
    tags = tag(tagger, "Mr Quell rose. Quell spoke and Mr Quell left.")

    assert PERSON is named(tags, "Quell").type
    assert len(named(tags, "Quell").mentions) == 3


def test_a_name_followed_by_an_age_is_a_person(make_tagger: MakeTagger) -> None:
    tags = tag(make_tagger({"Quell": ORGANISATION}), "Quell, 45, was released. Quell wept.")

    assert PERSON is named(tags, "Quell").type


@pytest.mark.parametrize(
    ("marked", "text", "kind", "name"),
    [
        ("the Harbour Board", "It was the Harbour Board.", ORGANISATION, "Harbour Board"),
        ("Quell's", "It was Quell's ship.", PERSON, "Quell"),
        ("Ferry Works in", "See Ferry Works in town.", ORGANISATION, "Ferry Works"),
        ("south Quellmark", "In south Quellmark it rained.", PLACE, "Quellmark"),
        ("Union of", "The Union of Free Fishers met.", ORGANISATION, "Union of Free Fishers"),
        ("Acme", "Acme Inc fell.", ORGANISATION, "Acme Inc"),
        ("Quell 46", "For Quell 46 minutes.", PERSON, "Quell"),
        ("Falk", "By R. Falk, in town.", PERSON, "R. Falk"),
        ("al-Quell", "So al-Quell said it.", PERSON, "al-Quell"),
    ],
)
def test_the_bounds_of_a_name_are_cleaned_up(
    make_tagger: MakeTagger, marked: str, text: str, kind: EntityType, name: str
) -> None:
    tags = tag(make_tagger({marked: kind}), text)

    assert [name] == [entity.name for entity in tags.entities]


def test_two_joined_names_are_split(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quellmark, Vestland": PLACE, "Falk and Ida Berg": PERSON})
    tags = tag(tagger, "From Quellmark, Vestland came Falk and Ida Berg.")

    assert {"Quellmark", "Vestland", "Falk", "Ida Berg"} == {e.name for e in tags.entities}


@pytest.mark.parametrize("word", ["Monday", "He", "12,000", "May"])
def test_a_word_that_is_never_a_name_is_dropped(make_tagger: MakeTagger, word: str) -> None:
    tags = tag(make_tagger({word: PERSON}), f"Then {word} came and went.")

    assert tags.entities == []


def test_an_organisation_named_after_its_members_is_one_entity(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"IHO": ORGANISATION, "Norway": PLACE, "Norway Council": ORGANISATION})
    tags = tag(tagger, "The IHO-Norway Council met. IHO and Norway agreed.")

    assert mentions(named(tags, "IHO-Norway Council")) == ["IHO-Norway Council"]
    assert ORGANISATION is named(tags, "IHO-Norway Council").type
    assert mentions(named(tags, "IHO")) == ["IHO"]


def test_a_capitalised_common_noun_is_dropped(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Partners": ORGANISATION, "Defence": ORGANISATION})
    tags = tag(tagger, "Partners met. The partners and Defence Minister Falk spoke.")

    assert "Partners" not in {entity.name for entity in tags.entities}
    assert "Defence" not in {entity.name for entity in tags.entities}


def test_a_demonym_is_a_group(make_tagger: MakeTagger) -> None:
    tags = tag(make_tagger({"Ukrainian": PLACE, "Norwegian": GROUP}), "Ukrainian and Norwegian.")

    assert GROUP is named(tags, "Ukrainian").type


def test_a_headline_in_capitals_mentions_the_same_entities(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Ida Falk": PERSON, "Skarholm": PLACE})
    tags = tag(tagger, "Ida Falk lives in Skarholm.", title="IDA FALK LEAVES SKARHOLM AFTER VOTE")

    assert mentions(named(tags, "Ida Falk")) == ["IDA FALK", "Ida Falk"]
    assert mentions(named(tags, "Skarholm")) == ["SKARHOLM", "Skarholm"]


def test_a_country_is_a_place_even_if_the_model_predicts_another_type(
    make_tagger: MakeTagger,
) -> None:
    tags = tag(make_tagger({"Moldova": PERSON}), "So Moldova and Norway agreed.")

    assert PLACE is named(tags, "Moldova").type
    assert named(tags, "Norway").mentions[0].by == "rule"


def test_the_gazetteer_has_precedence_over_the_model(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Quell Works": PLACE, "Falk": ORGANISATION})
    tagger.gazetteer.put(
        GazetteerRow(id="q:1", name="Quell Works", type=ORGANISATION, wikidata_id="Q42")
    )
    tagger.gazetteer.put(GazetteerRow(id="p:1", name="Ida Falk", type=PERSON))
    tags = tag(tagger, "Quell Works hired Ida Falk. Falk is new.")
    works, falk = named(tags, "Quell Works"), named(tags, "Ida Falk")

    assert (works.entity_id, works.type, works.wikidata_id) == ("q:1", ORGANISATION, "Q42")
    assert [mention.by for mention in works.mentions] == ["gazetteer"]
    assert (falk.entity_id, mentions(falk)) == ("p:1", ["Ida Falk", "Falk"])


def test_a_gazetteer_name_does_not_split_a_compound(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({})
    tagger.gazetteer.put(GazetteerRow(id="q:1", name="IHO", type=ORGANISATION))
    tags = tag(tagger, "The IHO-Norway Council and IHO met.")

    assert mentions(named(tags, "IHO")) == ["IHO"]
    assert mentions(named(tags, "IHO-Norway Council")) == ["IHO-Norway Council"]


def test_the_names_in_a_dateline_are_places(make_tagger: MakeTagger) -> None:
    text = "QUELLMARK, Norway, May 4 (Wire) - The ferry line reopened on Sunday, it said."
    tags = tag(make_tagger({"QUELLMARK": ORGANISATION}), text)

    assert PLACE is named(tags, "QUELLMARK").type
    assert PLACE is named(tags, "Norway").type


def test_a_city_that_plays_in_a_sports_report_is_a_team(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Leeds": PLACE, "Hull": PLACE, "York": PLACE})
    text = (
        "The league season began.\n\nLeeds beat Hull in the first match of the cup in York."
        "\n\nLeeds 2 Hull 1"
    )
    tags = tag(tagger, text)
    plain = tag(tagger, "Leeds and Hull are cities. Trains from Leeds to Hull were late.")

    assert [named(tags, name).type for name in ("Leeds", "Hull", "York")] == [
        ORGANISATION,
        ORGANISATION,
        PLACE,
    ]
    assert [entity.type for entity in plain.entities] == [PLACE, PLACE]


def test_headline_and_frequency_raise_the_salience(make_tagger: MakeTagger) -> None:
    tagger = make_tagger({"Ida Falk": PERSON, "Falk": PERSON, "Nils Berg": PERSON})
    body = "Ida Falk won.\n\nFalk thanked all. Falk left.\n\nNils Berg was there."
    tags = tag(tagger, body, title="Ida Falk wins")

    assert [entity.name for entity in tags.entities] == ["Ida Falk", "Nils Berg"]
    assert tags.entities[0].salience == pytest.approx(1.0, abs=0.01)
    assert 0 < tags.entities[1].salience < 0.4


def test_a_byline_with_a_date_is_no_result_of_a_match(make_tagger: MakeTagger) -> None:
    body = "By Hélène Crane, 11 May 2025\n\nThe goalkeeper of the league won the cup."
    tags = tag(make_tagger({"Hélène Crane": PERSON}), body)

    assert [entity.name for entity in tags.entities] == ["Hélène Crane"]


def test_a_name_before_the_gazetteers_spelling_of_it_is_no_second_entity(
    make_tagger: MakeTagger,
) -> None:
    tagger = make_tagger({"QUELLMARK": PLACE})
    tagger.gazetteer.put(GazetteerRow(id="q:1", name="Quellmark", type=PLACE, case=CaseRule.EXACT))
    tags = tag(tagger, "QUELLMARK waits for the ferry. Then Quellmark cheered.")

    assert [(entity.entity_id, len(entity.mentions)) for entity in tags.entities] == [("q:1", 2)]
