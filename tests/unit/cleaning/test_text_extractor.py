"""Date prefixes, share bars and link lists are removed from scraped text."""

from __future__ import annotations

from datetime import UTC, datetime

from services.cleaning.core import CleanedPage, clean_page
from tests.unit.cleaning.sample_pages import PARAGRAPHS, TITLE

NOW = datetime(2031, 6, 1, tzinfo=UTC)
BODY = "\n\n".join(PARAGRAPHS)


def cleaned(text: str) -> CleanedPage:
    got = clean_page(html=None, text=text, url="https://harbourpost.example/a", now=NOW)
    assert isinstance(got, CleanedPage)
    return got


def test_date_prefix_is_removed_and_parsed() -> None:
    got = cleaned(" date 2031-05-04 " + BODY)

    assert got.body == BODY
    assert got.published is not None
    assert got.published.value == "2031-05-04"


def test_line_with_a_time_of_the_same_day_has_precedence_over_the_prefix() -> None:
    got = cleaned(f" date 2031-05-04 Local\n\n17:20 04.05.2031\n\n{TITLE}\n\n{BODY}")

    assert got.published is not None
    assert got.published.value == "2031-05-04T17:20"
    assert got.published.utc is None
    assert got.title == TITLE


def test_headline_is_not_part_of_the_body() -> None:
    got = cleaned(f"{TITLE}\n\nshare on:\n\n{BODY}")

    assert got.title == TITLE
    assert got.body == BODY


def test_repeated_lead_is_kept_once() -> None:
    got = cleaned(f"{TITLE}\n\n{PARAGRAPHS[0]}\n\n{BODY}")

    assert got.body.count(PARAGRAPHS[0]) == 1


def test_lead_without_full_stop_is_kept() -> None:
    lead = PARAGRAPHS[0].rstrip(".")
    got = cleaned(f"{TITLE}\n\nshare on:\n\n{lead}\n\n" + "\n\n".join(PARAGRAPHS[1:]))

    assert lead in got.body


def test_lead_without_full_stop_is_kept_without_a_headline() -> None:
    """The model predicts a probability of 1/3 for this lead, which is below the threshold."""
    lead = (
        "The Skarholm–Holt Ferry Council met in Brenford on January 12, "
        "to discuss the berths in Port Lind and Kolvar and what the islands pay"
    )
    got = cleaned("\n\n".join([lead, *PARAGRAPHS[1:]]))

    assert lead in got.body


def test_list_after_a_colon_is_kept() -> None:
    items = "• the northern landing;\n\n• the old pier;\n\n• the bakery next to the pier."
    got = cleaned(f"{TITLE}\n\n{BODY}\n\nThe boat stops at these landings on its way:\n\n{items}")

    assert "• the old pier;" in got.body
    assert "• the bakery next to the pier." in got.body


def test_link_lists_and_footers_are_dropped() -> None:
    junk = [
        "Tags: #ferry #skarholm",
        "READ ALSO",
        *(f"Council quarrels about landing number {i}" for i in range(8)),
        "Follow us on Facebook and Twitter",
        "Subscribe to our newsletter",
        "Copyright 2031 Harbour Post. All rights reserved.",
    ]
    got = cleaned(f"{TITLE}\n\n3 min read\n\n{BODY}\n\n" + "\n\n".join(junk))

    assert got.body == BODY


def test_cleaning_cleaned_text_changes_nothing() -> None:
    once = cleaned(f"{TITLE}\n\nshare on:\n\n{BODY}\n\nFollow us on Facebook").body

    assert cleaned(once).body == once
