"""The most trusted date wins; another one completes the same moment and never moves it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.article import DateSource
from services.cleaning.dates.candidates import Candidate, Evidence
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.parsing import parse_date
from services.cleaning.dates.ranking import choose
from services.cleaning.dates.url import date_in_url

CONTEXT = DateContext(datetime(2031, 6, 1, tzinfo=UTC), "en")


def candidate(written: str, evidence: Evidence, excluded: str | None = None) -> Candidate:
    date = parse_date(written, DateSource.TEXT, CONTEXT)
    assert date is not None
    return Candidate(date, evidence, written, excluded)


@pytest.mark.parametrize(
    ("best", "other", "chosen"),
    [
        ("2031-05-04", "2031-05-04T08:30", "2031-05-04T08:30"),
        ("2031-05-04", "2031-05-03T08:30", "2031-05-04"),
        ("2031-05-04T08:30", "2031-05-04T08:30+02:00", "2031-05-04T08:30+02:00"),
        ("2031-05-04T08:30", "2031-05-04T09:30+02:00", "2031-05-04T08:30"),
        ("2031-05-04T06:30Z", "2031-05-04T08:30+02:00", "2031-05-04T08:30+02:00"),
        ("2031-05-04T02:10Z", "2031-05-03T22:10-04:00", "2031-05-04T02:10+00:00"),
        ("2031-05-04T02:10:17Z", "2031-05-03T22:10", "2031-05-04T02:10:17+00:00"),
        ("2031-05", "2031-05-04", "2031-05-04"),
    ],
)
def test_other_date_completes_the_same_moment_only(best: str, other: str, chosen: str) -> None:
    candidates = [candidate(other, Evidence.BARE_LINE), candidate(best, Evidence.JSON_LD)]
    date = choose(candidates).date

    assert date is not None
    assert date.value == chosen


def test_order_is_that_of_the_evidence_and_not_of_time() -> None:
    candidates = [
        candidate("2030-01-01", Evidence.BARE_LINE),
        candidate("2031-05-03", Evidence.LABELLED_LINE),
        candidate("2031-05-04", Evidence.URL_DAY),
        candidate("2031-05-05", Evidence.META),
    ]
    found = []
    while candidates:
        date = choose(candidates).date
        assert date is not None
        found.append(date.value)
        candidates.pop()

    assert found == ["2031-05-05", "2031-05-04", "2031-05-03", "2030-01-01"]


def test_outcome_of_each_candidate_is_told() -> None:
    choice = choose(
        [
            candidate("2031-05-04", Evidence.META),
            candidate("2031-05-04T08:30", Evidence.BARE_LINE),
            candidate("2030-05-04", Evidence.BARE_LINE),
            candidate("2031-05-01", Evidence.TIME_ELEMENT, "in comments"),
        ]
    )

    assert [one.outcome for one in choice.considered] == [
        "chosen: the most trusted",
        "not the article's: in comments",
        "states the same time more precisely",
        "differs, and is trusted less",
    ]


def test_excluded_candidates_are_never_chosen() -> None:
    assert choose([candidate("2031-05-01", Evidence.META, "in comments")]).date is None


def test_ambiguous_date_is_decided_by_another_one() -> None:
    shown, url = (
        candidate("3/4/2031", Evidence.LABELLED_LINE),
        date_in_url("/2031/04/x/", CONTEXT.now),
    )
    assert url is not None
    date = choose([shown, Candidate(url, Evidence.URL_MONTH, "")]).date

    assert date is not None
    assert (date.value, date.ambiguous) == ("2031-04-03", False)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/2031/05/04/quay", "2031-05-04"),
        ("/2031/may/4/quay", "2031-05-04"),
        ("/news/2031-05-04/quay", "2031-05-04"),
        ("/news/20310504/quay", "2031-05-04"),
        ("/2031-05-04-quay-opens", "2031-05-04"),
        ("/world/quay-opens-2031-05-04/", "2031-05-04"),
        ("/2031/05/quay", "2031-05"),
        ("/docs/2031-05/quay", None),
        ("/quay-2031-5.1-released", None),
        ("/the-flood-of-2004-05-04", None),
        ("/after-2030-11-04-the-quay-is-open", None),
        ("/article-20310504123", None),
        ("/2031/13/45/quay", None),
        ("/2031-0504/c1-2.html", "2031-05-04"),
        ("/news/2031-05/04/content_2.htm", "2031-05-04"),
        ("/news/2031_05_04/quay", "2031-05-04"),
        ("/25-04-2031/quay", "2031-04-25"),
        ("/news/25/04/2031/quay", "2031-04-25"),
        ("/news/04/05/2031/quay", None),
    ],
)
def test_only_folders_and_recent_endings_of_a_url_are_dates(path: str, value: str | None) -> None:
    date = date_in_url(f"https://harbourpost.example{path}", CONTEXT.now)

    assert (date.value if date else None) == value
