"""Dates are parsed with the precision that they state, and a missing time zone is not guessed."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import DateSource, Precision
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.parsing import find_dates, parse_date

NOW = datetime(2031, 6, 1, tzinfo=UTC)
CONTEXT = DateContext(NOW)


def value(written: str, language: str | None = None, region: str | None = None) -> str | None:
    date = parse_date(written, DateSource.META, DateContext(NOW, language, region))
    return date.value if date else None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T08:30:00Z", "2031-05-04T08:30:00+00:00"),
        ("2031-05-04T08:30+0200", "2031-05-04T08:30+02:00"),
        ("2031-05-04 08:30:15.123 -05:00", "2031-05-04T08:30:15-05:00"),
        ("20310504", "2031-05-04"),
        ("20310504T083000+0200", "2031-05-04T08:30:00+02:00"),
        ("4 May 2031, 06:21 PM", "2031-05-04T18:21"),
        ("17:20 04.05.2031", "2031-05-04T17:20"),
        ("May 4, 2031", "2031-05-04"),
        ("Sun, 04 May 2031 08:30:00 GMT", "2031-05-04T08:30:00+00:00"),
        ("Sun, 04 May 2031 08:30:00 -0330", "2031-05-04T08:30:00-03:30"),
        ("4. Mai 2031", "2031-05-04"),
        ("4 de mayo de 2031", "2031-05-04"),
        ("4 мая 2031", "2031-05-04"),
        ("2031年5月4日", "2031-05-04"),
        ("25/04/2031", "2031-04-25"),
        ("04/25/2031", "2031-04-25"),
        ("May 2031", "2031-05"),
        ("12:15 AM, May 4, 2031", "2031-05-04T00:15"),
        ("4 May 2031 at 6 pm", "2031-05-04T18:00"),
        ("Sun May 04 2031 21:05:09 GMT-0700 (Pacific Daylight Time)", "2031-05-04T21:05:09-07:00"),
        ("Sun May  4 07:08:09 +0530 2031", "2031-05-04T07:08:09+05:30"),
        ("4 May 2031 19:45 (UTC+3)", "2031-05-04T19:45+03:00"),
        ("2031-05-04 19:45:00 UTC+03:00", "2031-05-04T19:45:00+03:00"),
        ("2031-05-04T19:45 GMT-4", "2031-05-04T19:45-04:00"),
        ("٤ مايو ٢٠٣١", "2031-05-04"),
        ("4 مايو/أيار 2031", "2031-05-04"),
        ("2031-05-04T083000+0200", "2031-05-04T08:30:00+02:00"),
        ("2031-05-04T0830Z", "2031-05-04T08:30+00:00"),
        ("/Date(1935614400000)/", "2031-05-03T22:40:00+00:00"),
        ("2031-05-04 6:30 PM", "2031-05-04T18:30"),
        ("2031-05-04 6:30:15 pm", "2031-05-04T18:30:15"),
        ("2030. szept. 4.", "2030-09-04"),
    ],
)
def test_dates_are_parsed(written: str, expected: str) -> None:
    assert value(written) == expected


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("3 listopada 2030", "pl", "2030-11-03"),
        ("3. listopada 2030.", "hr", "2030-10-03"),
        ("3. srpna 2030", "cs", "2030-08-03"),
        ("3. srpnja 2030.", "hr", "2030-07-03"),
        ("14 Şubat 2031 09:15", "tr", "2031-02-14T09:15"),
        ("2031. január 9.", "hu", "2031-01-09"),
        ("9. helmikuuta 2031 klo 7.45", "fi", "2031-02-09T07:45"),
        ("9 Φεβρουαρίου 2031", "el", "2031-02-09"),
        ("9 फ़रवरी 2031", "hi", "2031-02-09"),
        ("9 กุมภาพันธ์ 2574", "th", "2031-02-09"),
        ("9 Februari 2031", "id", "2031-02-09"),
        ("9 tháng 2, 2031", "vi", "2031-02-09"),
        ("2031년 2월 9일 오후 3:20", "ko", "2031-02-09T15:20"),
        ("le 9 février 2031 à 7h05", "fr", "2031-02-09T07:05"),
        ("1er avril 2031 à 21 h 40", "fr", "2031-04-01T21:40"),
        ("9. Februar 2031, 7 Uhr 30", "de", "2031-02-09T07:30"),
        ("9. februar 2031 kl. 07.30", "da", "2031-02-09T07:30"),
        ("9 בפברואר 2031, 07:30", "he", "2031-02-09T07:30"),
        ("3 تشرين الأول 2030", "ar", "2030-10-03"),
        ("3 كانون الثاني 2031", "ar", "2031-01-03"),
        ("9. Jänner 2031", "de", "2031-01-09"),
        ("3. avgusta 2030", "sl", "2030-08-03"),
    ],
)
def test_names_of_months_are_those_of_the_language(
    written: str, language: str, expected: str
) -> None:
    assert value(written, language) == expected


def test_name_with_two_meanings_is_no_date_without_its_language() -> None:
    assert value("3 listopada 2030") is None


@pytest.mark.parametrize(
    ("language", "region", "expected"),
    [("en", "US", "2031-03-04"), ("en", "GB", "2031-04-03"), ("it", None, "2031-04-03")],
)
def test_order_of_day_and_month_is_that_of_the_locale(
    language: str, region: str | None, expected: str
) -> None:
    date = parse_date("3/4/2031", DateSource.TEXT, DateContext(NOW, language, region))

    assert date is not None
    assert date.value == expected
    assert not date.ambiguous


def test_order_that_nothing_tells_is_marked() -> None:
    date = parse_date("3/4/2031", DateSource.TEXT, DateContext(NOW, "en"))

    assert date is not None
    assert date.ambiguous


def test_reading_in_the_future_leaves_the_other_one() -> None:
    date = parse_date("5/7/2031", DateSource.TEXT, DateContext(NOW, "en"))

    assert date is not None
    assert (date.value, date.ambiguous) == ("2031-05-07", False)


def test_domain_tells_the_order_of_pages_in_english() -> None:
    context = DateContext.of_page("https://post.example.co.uk/a", "en", NOW)

    assert context.month_first is False


@pytest.mark.parametrize("written", ["1935443400", "1935443400000"])
def test_seconds_and_milliseconds_since_1970_are_dates_in_metadata(written: str) -> None:
    date = parse_date(written, DateSource.JSON_LD, CONTEXT)

    assert date is not None
    assert date.value == "2031-05-01T23:10:00+00:00"
    assert parse_date(written, DateSource.TEXT, CONTEXT) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "0001-01-01",
        "2031-13-01",
        "2031-02-30",
        "2199-01-01",
        "1969-12-31",
        "41/4/2031",
        "17 July 2031",
    ],
)
def test_impossible_dates_are_rejected(written: str) -> None:
    assert value(written) is None


def test_utc_is_set_only_with_a_time_zone() -> None:
    zoned = parse_date("2031-05-04T08:30:00+02:00", DateSource.META, CONTEXT)
    naive = parse_date("2031-05-04T08:30:00", DateSource.META, CONTEXT)
    named = parse_date("Sun, 04 May 2031 08:30:00 CST", DateSource.META, CONTEXT)

    assert zoned is not None
    assert zoned.utc == datetime(2031, 5, 4, 6, 30, tzinfo=UTC)
    assert naive is not None
    assert naive.utc is None
    assert named is not None
    assert named.utc is None


def test_precision_is_that_of_the_text() -> None:
    date = parse_date("May 2031", DateSource.META, CONTEXT)

    assert date is not None
    assert date.precision is Precision.MONTH


def test_all_dates_of_a_text_are_found_with_their_own_times() -> None:
    text = "3 May 2031 at 08:15, changed 4 May 2031 at 21:40"
    found = find_dates(text, DateSource.TEXT, CONTEXT)

    assert [one.date.value for one in found] == ["2031-05-03T08:15", "2031-05-04T21:40"]


def test_time_of_one_date_is_not_that_of_the_next() -> None:
    found = find_dates("3 May 2031, 08:15 Changed: 4 May 2031", DateSource.TEXT, CONTEXT)

    assert [one.date.value for one in found] == ["2031-05-03T08:15", "2031-05-04"]


@given(st.text(max_size=400))
def test_any_text_is_parsed_without_an_error(text: str) -> None:
    parse_date(text, DateSource.TEXT, CONTEXT)


@pytest.mark.timed
@pytest.mark.parametrize("part", ["2031-05-04 ", "1 de ", "mmmm ", "12:", "5/4/", "2031 gada "])
def test_hostile_text_takes_linear_time(part: str) -> None:
    start = time.process_time()
    find_dates("2031 " + part * 100_000, DateSource.TEXT, CONTEXT)

    assert time.process_time() - start < 1
