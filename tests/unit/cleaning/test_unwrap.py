"""Hard-wrapped text is joined to paragraphs, other text is left as it is."""

from __future__ import annotations

import textwrap

import pytest

from services.cleaning.text.unwrap import unwrap

PARAGRAPHS = [
    (
        "The ferry to the outer islands sails again from Monday, years after a storm sank the pier "
        "at which it used to land, the county said."
    ),
    "It will cross the sound six times a day and take forty cars. Islanders travel free.",
    (
        "“We counted the days,” said the baker, who had sent her bread by boat since the storm "
        "and had lost half of her customers on the mainland."
    ),
    "A second ship follows in autumn.",
]


def wrapped(width: int, indent: str = "", separator: str = "\n") -> str:
    filled = (textwrap.fill(text, width, initial_indent=indent) for text in PARAGRAPHS)
    return separator.join(filled)


@pytest.mark.parametrize("width", [40, 58, 72, 80])
@pytest.mark.parametrize(("indent", "separator"), [("", "\n\n"), ("    ", "\n"), ("\t", "\n")])
def test_wrapped_paragraphs_become_one_line_each(width: int, indent: str, separator: str) -> None:
    found = [line.strip() for line in unwrap(wrapped(width, indent, separator)).splitlines()]

    assert [line for line in found if line] == PARAGRAPHS


def test_first_line_that_ends_early_is_joined_with_the_lead() -> None:
    text = wrapped(64, "    ").strip().replace("The ferry to the ", "The ferry to the\n", 1)

    assert unwrap(text).splitlines()[0].startswith("The ferry to the outer islands sails")


def test_word_that_was_divided_at_a_hyphen_is_joined_without_a_space() -> None:
    text = (
        "The county also pays for the long-\nterm lease of the ship and for a\nnew pier, it said."
    )

    assert "long-term lease" in unwrap(text)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "Home\nNews\nSport\nWeather\nContact\nAbout us\nPrivacy",
        "Fares:\n- Adults 4.50\n- Children 2.20\n- Cars with a driver 18.00\n- Bicycles free",
        "Net 1,150,633 vs 649,914\nRevs 6,169,168 vs 3,178,115\nShr 23 cts vs 18 cts",
        "It sails on Monday.\nIt takes forty cars.\nIt costs nothing.\nIt is called Holt.",
        "",
        "\n\n",
    ],
)
def test_text_that_is_not_wrapped_is_unchanged(text: str) -> None:
    assert unwrap(text) == text


def test_unwrapping_twice_changes_nothing_more() -> None:
    once = unwrap(wrapped(66, "  "))

    assert unwrap(once) == once


@pytest.mark.parametrize("part", ["a\n", "a b c\n", "\n", " \n  a\n", "- \n", "word " * 9 + "\n"])
def test_hostile_text_takes_linear_time(part: str) -> None:
    assert len(unwrap(part * (1_000_000 // len(part)))) > 0
