"""Rows of companies from a list like that of `pytickersymbols`, with invented companies."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.gazetteer import GazetteerRow
from schemas.tags import EntityType
from services.tagging.gazetteer.packs.companies import company_rows, read_companies


def stock(name: str, symbol: str = "", *symbols: str, wikipedia: str = "") -> dict[str, Any]:
    return {
        "name": name,
        "symbol": symbol,
        "symbols": [{"yahoo": "-", "google": one} for one in symbols],
        "metadata": {"wikipedia_url": wikipedia or None},
    }


def only(*stocks: dict[str, Any]) -> GazetteerRow:
    (row,) = company_rows(stocks)
    return row


def certain(row: GazetteerRow) -> set[str]:
    return {row.name, *row.aliases} - set(row.ambiguous_aliases)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Quarry Inc.", {"Quarry Inc.", "Quarry Inc"}),
        (
            "Quarry Works, Inc.",
            {"Quarry Works, Inc.", "Quarry Works, Inc", "Quarry Works Inc.", "Quarry Works Inc"},
        ),
        ("Quarry plc", {"Quarry plc"}),
        ("Quarry", set()),
        ("Quarry Group", set()),
    ],
)
def test_only_full_legal_names_match_without_the_tagger(name: str, expected: set[str]) -> None:
    row = only(stock(name))

    assert certain(row) == expected
    assert row.ambiguous_aliases[0].startswith("Quarry")


def test_the_id_is_made_of_the_short_name_and_is_not_that_of_an_organisation_so_called() -> None:
    assert only(stock("Quarry (retailer)")).id == "company:quarry"
    assert only(stock("Quarry Inc.")).id == "company:quarry"


def test_an_acronym_before_a_legal_form_is_no_name_but_a_listed_acronym_is() -> None:
    assert only(stock("QRX Inc.")).ambiguous_aliases == []
    assert only(stock("QRX")).ambiguous_aliases == ["QRX"]


def test_group_is_left_out_only_of_unusual_words() -> None:
    assert "QuarryOne" in only(stock("QuarryOne Group")).ambiguous_aliases
    assert only(stock("Harbour Group")).ambiguous_aliases == ["Harbour Group"]


def test_share_classes_are_one_company() -> None:
    row = only(stock("Quarry, Inc. (Class A)", "QRY.A"), stock("Quarry, Inc. (Class C)", "QRY.C"))

    assert row.name == "Quarry, Inc."


@pytest.mark.parametrize(
    ("symbol", "symbols", "expected"),
    [
        ("QRY", ["FRA:Q1", "NYSE:QRY", "LON:QRY"], "NYSE:QRY"),
        ("QRY.L", ["FRA:Q1", "LON:QRY"], "LON:QRY"),
        ("QRY.HE", [], "HEL:QRY"),
        ("QRY", ["QRY"], "QRY"),
        ("7741", ["LON:7741", "TYO:7741"], "TYO:7741"),
        ("", ["OTCMKTS:QRYY", "FRA:Q1"], "FRA:Q1"),
        ("", [], None),
    ],
)
def test_the_ticker_is_that_of_the_main_listing(
    symbol: str, symbols: list[str], expected: str | None
) -> None:
    ids = only(stock("Quarry", symbol, *symbols)).external_ids

    assert ids is not None
    assert ids.ticker == expected


def test_the_title_of_the_english_article_is_a_name_if_it_begins_alike() -> None:
    alike = "https://en.wikipedia.org/wiki/Quarry_Stone_Inc."
    other = "https://en.wikipedia.org/wiki/Harbour_Holding"

    assert "Quarry Stone" in only(stock("Quarry", wikipedia=alike)).ambiguous_aliases
    assert only(stock("Quarry", wikipedia=other)).ambiguous_aliases == ["Quarry"]


def test_a_company_with_unusable_data_is_left_out() -> None:
    rows = company_rows([stock("Quarry", "Q R Y"), stock("Harbour", "HBR")])

    assert [row.name for row in rows] == ["Harbour"]


def test_the_package_gives_many_companies_with_tickers_and_articles() -> None:
    rows = {row.id: row for row in read_companies()}
    apple = rows["company:apple"]

    assert len(rows) > 1500
    assert {row.type for row in rows.values()} == {EntityType.ORGANISATION}
    assert apple.external_ids is not None
    assert apple.external_ids.ticker == "NASDAQ:AAPL"
    assert apple.external_ids.wikipedia == "https://en.wikipedia.org/wiki/Apple_Inc."
    assert all(" " in name for row in rows.values() for name in certain(row))
