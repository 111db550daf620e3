"""A date in a line is a publication date only if the line says so, or holds little else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.cleaning.dates.context import DateContext
from services.cleaning.dates.lines import LineKind, dates_in_line

NOW = datetime(2031, 6, 1, tzinfo=UTC)
ENGLISH = DateContext(NOW, "en", fetched_at=datetime(2031, 5, 20, 12, 30, tzinfo=UTC))


def kinds(line: str, context: DateContext = ENGLISH) -> list[tuple[str, LineKind]]:
    return [(one.date.value, one.kind) for one in dates_in_line(line, context)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("First published 9 March 2031 at 07:10", LineKind.PUBLISHED),
        ("Posted on 9 March 2031 by Olaf Brandt in Ports", LineKind.PUBLISHED),
        ("Olaf Brandt Published: 9 March 2031", LineKind.PUBLISHED),
        ("Last updated 9 March 2031", LineKind.UPDATED),
        ("9 March 2031 (updated)", LineKind.UPDATED),
        ("Sunday, 9 March 2031", LineKind.BARE),
        ("Olaf Brandt · 9 March 2031 · 6 min read · 14 comments by our readers", LineKind.BARE),
        ("The old lighthouse was last painted on 9 March 2031", LineKind.OTHER),
        ("It sank on 9 March 2031.", LineKind.OTHER),
        ("Photo: the quay on 9 March 2031", LineKind.OTHER),
        ("Deadline: 9 March 2031", LineKind.OTHER),
        ("© 9 March 2031 Harbour Post", LineKind.OTHER),
        ("Version 9 March 2031", LineKind.OTHER),
        ("Council decided on 9 March 2031 to close it", LineKind.OTHER),
        ("Vote of 9 March 2031 is final", LineKind.OTHER),
        ("Listen to the 9 March 2031 episode", LineKind.OTHER),
        ("The quay on 9 March 2031. Photo: Olaf Brandt", LineKind.OTHER),
        ("9 March 2031 | Photo: Olaf Brandt", LineKind.BARE),
        ("Ports, 9 March 2031 at 6:30 pm in local news", LineKind.BARE),
        ("by Olaf Brandt on 9 March 2031 in news", LineKind.BARE),
        ("9 March 2031 at 6:30 pm by Olaf Brandt", LineKind.BARE),
    ],
)
def test_words_beside_a_date_say_what_it_is(line: str, kind: LineKind) -> None:
    (found,) = kinds(line)

    assert found[1] is kind


def test_each_date_of_a_line_has_its_own_label() -> None:
    assert kinds("Updated 11 March 2031, first published 9 March 2031") == [
        ("2031-03-11", LineKind.UPDATED),
        ("2031-03-09", LineKind.PUBLISHED),
    ]


def test_sentence_may_say_when_the_article_was_published() -> None:
    line = "This article was first published on 9 March 2031 at 18:30 and updated on 11 March 2031."

    assert kinds(line) == [
        ("2031-03-09T18:30", LineKind.PUBLISHED),
        ("2031-03-11", LineKind.UPDATED),
    ]


def test_labels_are_those_of_the_language() -> None:
    german = DateContext(NOW, "de")

    assert kinds("Veröffentlicht am 9. März 2031, aktualisiert am 11. März 2031", german) == [
        ("2031-03-09", LineKind.PUBLISHED),
        ("2031-03-11", LineKind.UPDATED),
    ]


def test_span_of_time_is_no_publication_date() -> None:
    assert {kind for _, kind in kinds("3 March 2031 - 9 March 2031")} == {LineKind.OTHER}


@pytest.mark.parametrize(
    ("line", "language", "value"),
    [
        ("Published 3 hours ago", "en", "2031-05-20T09:30+00:00"),
        ("an hour ago", "en", "2031-05-20T11:30+00:00"),
        ("yesterday", "en", "2031-05-19"),
        ("vor 2 Tagen", "de", "2031-05-18"),
        ("il y a 40 minutes", "fr", "2031-05-20T11:50+00:00"),
        ("2 месяца назад", "ru", "2031-03"),
        ("3小时前", "zh", "2031-05-20T09:30+00:00"),
        ("a week ago", "en", "2031-05-13"),
        ("two hours ago", "en", "2031-05-20T10:30+00:00"),
        ("45 seconds ago", "en", "2031-05-20T12:29+00:00"),
        ("2 horas atrás", "pt", "2031-05-20T10:30+00:00"),
        ("há 2 horas", "pt", "2031-05-20T10:30+00:00"),
        ("2 timmar sedan", "sv", "2031-05-20T10:30+00:00"),
        ("för 2 timmar sedan", "sv", "2031-05-20T10:30+00:00"),
        ("2 timer siden", "da", "2031-05-20T10:30+00:00"),
        ("godzinę temu", "pl", "2031-05-20T11:30+00:00"),
        ("час назад", "ru", "2031-05-20T11:30+00:00"),
        ("2 órája", "hu", "2031-05-20T10:30+00:00"),
        ("2 órával ezelőtt", "hu", "2031-05-20T10:30+00:00"),
        ("منذ ساعتين", "ar", "2031-05-20T10:30+00:00"),
        ("לפני יומיים", "he", "2031-05-18"),
    ],
)
def test_distance_in_time_is_counted_from_the_visit(line: str, language: str, value: str) -> None:
    context = DateContext(NOW, language, fetched_at=ENGLISH.fetched_at)
    (found,) = dates_in_line(line, context)

    assert found.date.value == value
    assert found.date.relative


def test_distance_in_time_is_no_date_if_the_visit_is_unknown() -> None:
    assert not kinds("3 hours ago", DateContext(NOW, "en"))


@pytest.mark.parametrize(("line", "language"), [("2 horas", "pt"), ("2 óra", "hu"), ("час", "ru")])
def test_span_without_its_words_is_no_distance_in_time(line: str, language: str) -> None:
    context = DateContext(NOW, language, fetched_at=ENGLISH.fetched_at)

    assert not list(dates_in_line(line, context))


def test_name_of_a_day_alone_is_no_publication_date() -> None:
    assert kinds("Today") == [("2031-05-20", LineKind.OTHER)]
    assert kinds("an hour ago") == [("2031-05-20T11:30+00:00", LineKind.BARE)]
