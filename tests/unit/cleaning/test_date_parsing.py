"""Dates are parsed with the precision that they state, and a missing time zone is not guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import DateSource, Precision
from services.cleaning.metadata.date_parsing import date_in_url, parse_date

NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T08:30:00Z", "2031-05-04T08:30:00+00:00"),
        ("2031-05-04T08:30+0200", "2031-05-04T08:30+02:00"),
        ("2031-05-04 08:30:15.123 -05:00", "2031-05-04T08:30:15-05:00"),
        ("20310504", "2031-05-04"),
        ("4 May 2031, 06:21 PM", "2031-05-04T18:21"),
        ("17:20 04.05.2031", "2031-05-04T17:20"),
        ("May 4, 2031", "2031-05-04"),
        ("Sun, 04 May 2031 08:30:00 GMT", "2031-05-04T08:30:00+00:00"),
        ("4. Mai 2031", "2031-05-04"),
        ("4 de mayo de 2031", "2031-05-04"),
        ("4 мая 2031", "2031-05-04"),
        ("2031年5月4日", "2031-05-04"),
        ("25/04/2031", "2031-04-25"),
        ("04/25/2031", "2031-04-25"),
        ("May 2031", "2031-05"),
        ("12:15 AM, May 4, 2031", "2031-05-04T00:15"),
    ],
)
def test_dates_are_parsed(written: str, value: str) -> None:
    got = parse_date(written, DateSource.META, NOW)

    assert got is not None
    assert got.value == value


@pytest.mark.parametrize(
    "written",
    ["", "soon", "5/4/2031", "0001-01-01", "2031-13-01", "2031-02-30", "2199-01-01", "1969-12-31"],
)
def test_impossible_and_ambiguous_dates_are_rejected(written: str) -> None:
    assert parse_date(written, DateSource.META, NOW) is None


def test_utc_is_set_only_with_a_time_zone() -> None:
    zoned = parse_date("2031-05-04T08:30:00+02:00", DateSource.META, NOW)
    naive = parse_date("2031-05-04T08:30:00", DateSource.META, NOW)

    assert zoned is not None
    assert zoned.utc == datetime(2031, 5, 4, 6, 30, tzinfo=UTC)
    assert naive is not None
    assert naive.utc is None
    assert naive.precision is Precision.SECOND


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://a.example/2031/05/04/ferry", "2031-05-04"),
        ("https://a.example/news/2031-05-04-ferry", "2031-05-04"),
        ("https://a.example/20310504-ferry.html", "2031-05-04"),
        ("https://a.example/2031/may/04/ferry", "2031-05-04"),
        ("https://a.example/2031/05/ferry", "2031-05"),
    ],
)
def test_dates_in_urls_are_read(url: str, value: str) -> None:
    got = date_in_url(url, NOW)

    assert got is not None
    assert got.value == value


@given(st.text(max_size=200))
def test_any_text_is_parsed_without_error(text: str) -> None:
    parse_date(text, DateSource.TEXT, NOW)
    date_in_url(text, NOW)


@given(st.from_regex(r"\d{1,5}[-/. ]\d{1,3}[-/. ]\d{1,5}[T ]\d{1,2}:\d{2}(Z|[+-]\d{2}:?\d{2})?"))
def test_any_date_like_text_is_parsed_without_error(text: str) -> None:
    got = parse_date(text, DateSource.TEXT, NOW)

    assert got is None or len(got.value) <= 40
