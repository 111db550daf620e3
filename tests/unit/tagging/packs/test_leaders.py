from __future__ import annotations

import pytest

from schemas.tags import EntityType
from services.tagging.gazetteer.packs.leaders import leader_row, read_leaders


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("President Ida FALKNER (since 5 May 2024)", ["Ida Falkner"]),
        ("Caretaker Prime Minister Ida M. FALKNER (since May 2024)", ["Ida Falkner"]),
        ("Prime Minister Ida Marit FALKNER; also premier", ["Ida Falkner", "Ida Marit Falkner"]),
        ("President Ida FALKNER Ruud", ["Ida Falkner", "Ida Falkner Ruud"]),
        ("President QUAN Jin-bo", ["Quan Jin-bo", "Jin-bo Quan"]),
        ("President XI Quan", ["Xi Quan", "Quan Xi"]),
        ("President Omar Ould al-FALKANI", ["Omar al-Falkani", "Omar Ould al-Falkani"]),
        ("State Council President QUAN Jin Bo", ["Quan Jin Bo"]),
        ("President Ren&eacute;e FALKN&Eacute;R", ["Renée Falknér"]),
        ("<em>President</em> Ida D&Iacute;AZ-FALK", ["Ida Díaz-Falk"]),
    ],
)
def test_names_are_read_from_the_office(text: str, names: list[str]) -> None:
    row = leader_row(text)

    assert row is not None
    assert [row.name, *row.aliases] == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "President (vacant)",
        "King FALK VII (since 1999)",
        "King FALK bin Omar Al-Falk",
        "President of the Union of Islands Ida FALK",
        "overall Leader FALK Omar is effectively the head of government",
        "President Ida Falk",
        "there are 27 countries with royal families in the world",
    ],
)
def test_who_is_not_named_by_a_full_name_is_left_out(text: str) -> None:
    assert leader_row(text) is None


@pytest.mark.parametrize("text", ["President Juan Marit FALKNER", "President Ida Marit HASSAN"])
def test_a_frequent_name_is_not_shortened(text: str) -> None:
    row = leader_row(text)

    assert row is not None
    assert row.aliases == []
    assert "Marit" in row.name


def test_the_package_gives_leaders_by_full_names() -> None:
    rows = list(read_leaders())

    assert len(rows) > 150
    assert {row.type for row in rows} == {EntityType.PERSON}
    assert all(" " in name for row in rows for name in (row.name, *row.aliases))
    assert "person:xi-jinping" in {row.id for row in rows}
    assert len({row.id for row in rows}) == len(rows)
