"""A surname means the only person of the story who may bear it."""

from __future__ import annotations

import pytest

from services.dedup.entity_resolution.named_entity import NamedEntity
from tests.unit.dedup.entity_resolution.named import aliases, named, people


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Brandvik", "Jens Brandvik"),
        ("Brandvik", "Jens P. Brandvik"),
        ("BRANDVIK", "Jens Brandvik"),
        ("Erdogan", "Recep Erdoğan"),
        ("von der Leyen", "Ilse von der Leyen"),
        ("Leyen", "Ilse von der Leyen"),
        ("van Dam", "Piet van Dam"),
        ("De Blasio", "Bill de Blasio"),
        ("Hariri", "Omar al-Hariri"),
        ("al-Hariri", "Omar al-Hariri"),
        ("Lind Jr.", "Oskar Lind Jr."),
        ("Xi", "Xi Wenlong"),
        ("Kim", "Kim Dae-sung"),
        ("Moon", "Moon Jin-ho"),
        ("Kishida", "Taro Kishida"),
        ("O'Harra", "Maeve O’Harra"),
        ("Falk-Lind", "Anna Falk-Lind"),
        ("Соколов", "Лев Соколов"),
        ("Соколов", "Лев Андреевич Соколов"),
        ("Соколов", "Соколов Лев Андреевич"),
        ("Лев Андреевич", "Лев Андреевич Соколов"),
        ("Lev Andreevich", "Lev Andreevich Sokolov"),
        ("Παππάς", "Νίκος Παππάς"),
    ],
)
def test_a_surname_means_the_only_full_name_that_fits(short: str, full: str) -> None:
    assert aliases(people(short, full, "Marta Quist")) == {short: full}


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["Falk", "Jens Falk", "Ida Falk"], "a married couple, or brothers"),
        (["Falk", "Jens Falk", "Anna Falk-Lind"], "she may be called by either name"),
        (["Falk", "Jens Falk", "Falk Andersen"], "it may be a given name"),
        (["Lind", "Oskar Lind", "Oskar Lind Jr."], "father and son"),
        (["Lind", "Oskar Lind Jr."], "the father is not named"),
        (["Lind Jr.", "Oskar Lind"], "the son is not named"),
        (["Lind Sr.", "Oskar Lind Jr."], "another generation"),
        (["Marta", "Marta Quist"], "a given name alone is not enough"),
        (["Wen", "Jia Wen", "Wen Ruilin"], "the family name stands first or last"),
        (["Соколова", "Лев Соколов"], "another form, such as his wife's"),
        (["Leyen", "Ilse von der Leyen", "Jan Leyen"], "the same last word"),
        (["von der Leyen", "Jan Leyen"], "the particle is part of the surname"),
        (["Brand", "Jens Brandvik"], "only the beginning"),
        (["Quist", "Brandvik"], "nobody is named in full"),
        (["Jens Brandvik", "Ida Brandvik"], "different given names"),
        (["George H. W. Holm", "George W. Holm"], "different middle names"),
        (["Ida Falk", "Ida B. Falk", "Ida C. Falk"], "the form without initial fits two"),
        (["I. Falk", "Ida Falk", "Ivar Falk"], "an initial of two names"),
        (["Oskar Lind", "Oskar Lind Jr."], "another generation with the whole name"),
    ],
)
def test_a_name_is_left_alone_where_two_people_may_be_meant(names: list[str], why: str) -> None:
    assert aliases(people(*names)) == {}, why


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("Ida Falk", "Ida B. Falk"),
        ("Ida Falk", "Ida Berta Falk"),
        ("Ida Falk", "I. Falk"),
        ("Bill Quist", "William Quist"),
        ("Kim Dae-sung", "Kim Daesung"),
        ("Pedro Marín", "Pedro Marín Salgado"),
        ("Лев Соколов", "Лев Андреевич Соколов"),
    ],
)
def test_forms_of_a_full_name_are_one_person_with_the_surname(usual: str, other: str) -> None:
    entities = people(usual, other)
    assert aliases(entities) == {other: usual}

    surname = usual.rsplit(maxsplit=1)[-1] if "Kim" not in usual else "Kim"
    assert aliases([*entities, named(surname)]) == {other: usual, surname: usual}


def test_the_form_that_a_story_uses_stands_for_one_that_lacks_the_surname() -> None:
    entities = [named("Ruth Bader", salience=0.2), named("Ruth Bader Gruber", salience=1.5)]
    assert aliases(entities) == {"Ruth Bader": "Ruth Bader Gruber"}


@pytest.mark.parametrize("kind", ["place", "organisation"])
def test_a_surname_that_is_also_a_town_or_a_company_is_left_alone(kind: str) -> None:
    entities = [named("Lindholm", salience=0.4), named("Abel Lindholm")]
    assert aliases(entities) == {"Lindholm": "Abel Lindholm"}
    assert aliases([*entities, named("Lindholm", kind, 0.5)]) == {}


def test_a_person_who_is_hardly_named_is_not_meant() -> None:
    assert aliases([named("Falk"), named("Jens Falk", salience=0.12)]) == {}


def test_a_surname_that_is_also_a_given_name_needs_a_person_who_matters() -> None:
    assert aliases([named("Martin"), named("Ida Martin", salience=0.4)]) == {}
    assert aliases([named("Martin"), named("Ida Martin")]) == {"Martin": "Ida Martin"}


@pytest.mark.parametrize(
    ("gender", "full", "resolved"),
    [
        ("f", "Robert Falk", False),
        ("m", "Robert Falk", True),
        ("m", "Elizabeth Falk", False),
        ("f", "Qirim Falk", True),
        ("b", "Qirim Falk", False),
    ],
)
def test_a_form_of_address_must_fit_the_given_name(
    gender: str, full: str, *, resolved: bool
) -> None:
    entities = [named("Falk", gender=gender), named(full)]
    assert aliases(entities) == ({"Falk": full} if resolved else {})


def test_the_id_of_a_gazetteer_stands_for_the_others_and_is_never_an_alias() -> None:
    known = named("Jens B. Falk", entity_id="staff:17")
    assert aliases([known, *people("Jens Falk", "Falk")]) == {
        "Jens Falk": "Jens B. Falk",
        "Falk": "Jens B. Falk",
    }
    one_word = named("Falk", entity_id="staff:18")
    assert aliases([one_word, *people("Jens Falk")]) == {}
    other = named("Jens Falk", entity_id="staff:19")
    assert aliases([known, other, *people("Falk")]) == {}


def test_a_name_of_another_type_is_no_person() -> None:
    assert aliases([named("Falk", "group"), *people("Jens Falk")]) == {}


def test_overlong_and_empty_names_are_left_alone() -> None:
    entities: list[NamedEntity] = [named("x " * 80 + "Falk"), named("."), named("Falk")]
    assert aliases(entities) == {}
