"""An acronym and "the Commission" mean the only organisation of the story that fits."""

from __future__ import annotations

import pytest

from tests.unit.dedup.entity_resolution.named import aliases, named, organisations


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("NATO", "North Atlantic Treaty Organization"),
        ("Nato", "North Atlantic Treaty Organisation"),
        ("OSCE", "Organization for Security and Co-operation in Europe"),
        ("OSCE", "Organization for Security and Co-operation"),
        ("SFA", "Skarholm Ferry Authority"),
        ("D.N.B.", "Dutch National Bank"),
        ("AFP", "Agence France-Presse"),
        ("UN", "United Nations"),
        ("U.N.", "United Nations"),
        ("HB", "Harbour Board"),
        ("Alliance", "NATO"),
        ("Alliance", "North Atlantic Treaty Organization"),
        ("Alliance", "Skarholm Ferry Alliance"),
        ("Commission", "European Commission"),
        ("Fund", "International Monetary Fund"),
        ("Bank", "Bank of Skarholm"),
        ("Fed", "Federal Reserve"),
        ("Harbour Works Ltd", "Harbour Works"),
    ],
)
def test_a_short_form_means_the_only_organisation_that_fits(short: str, full: str) -> None:
    assert aliases(organisations(short, full, "Brenna Steel")) == {short: full}


@pytest.mark.parametrize(
    "names",
    [
        ["EBC", "European Broadcasting Company", "Eastern Bus Company"],
        ["Commission", "European Commission", "Skarholm Port Commission"],
        ["Alliance", "NATO", "Skarholm Ferry Alliance"],
        ["Senate", "Texas Senate"],
        ["Congress", "National People's Congress"],
        ["UN", "Upper Norwood"],
        ["Un", "Upper Norwood"],
        ["NATO", "Nordic Air Transport Office"],
        ["NATO", "OSCE"],
        ["Harbour Works Ltd", "Harbour Works GmbH"],
        ["EMC", "Elm Management Corp"],
        ["Commission", "Council"],
        ["Skarholm Bank", "Brenna Bank"],
    ],
)
def test_a_short_form_is_left_alone_where_none_or_two_fit(names: list[str]) -> None:
    assert aliases(organisations(*names)) == {}


def test_all_forms_of_one_organisation_mean_the_spelled_out_name() -> None:
    full = "North Atlantic Treaty Organization"
    forms = organisations("Alliance", "NATO", full)
    assert aliases(forms) == {"Alliance": full, "NATO": full}


def test_spellings_of_a_name_do_not_make_its_acronym_ambiguous() -> None:
    names = ["NATO", "North Atlantic Treaty Organisation", "North Atlantic Treaty Organization"]
    found = aliases(organisations(*names))
    assert found == {names[0]: names[1], names[2]: names[1]}


def test_an_organisation_that_is_hardly_named_is_not_the_commission() -> None:
    hardly = named("Skarholm Port Commission", "organisation", 0.1)
    assert aliases([*organisations("Commission"), hardly]) == {}


def test_the_id_of_a_gazetteer_stands_for_the_spelled_out_name() -> None:
    known = named("NATO", "organisation", entity_id="org:7")
    full = "North Atlantic Treaty Organization"
    assert aliases([known, *organisations(full)]) == {full: "NATO"}
    other = named(full, "organisation", entity_id="org:8")
    assert aliases([known, other]) == {}
