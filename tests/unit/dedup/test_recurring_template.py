"""An article with a template that its outlet has used before reports another event."""

from __future__ import annotations

import numpy as np

from services.dedup.features.recurring_template import is_another_instalment, template_shingles
from services.dedup.features.tokens import tokenize
from tests.unit.dedup.make import PersistedShard, article, entity

TEMPLATE = (
    "Ice in {port} harbour closed {verb} on {day}, the harbour office said, with the gauge at "
    "{gauge} centimetres. {ship} led the ships that left after {master} hired the tug {tug}, and "
    "paid {fee} marks for it. On the other quay {other} waited for {cargo} tonnes of salt and was "
    "turned away. {clerk}, who keeps the book of the harbour office, counted {count} ships, more "
    "than the average of the past month. The pilot boat was out for {hours} hours. On {next} the "
    "office will look at the lights of {cape}."
)
MONDAY = {
    "port": "Skarholm", "verb": "thicker", "day": "Monday", "gauge": "41", "ship": "The Maren",
    "master": "Ida Falk", "tug": "Bison", "fee": "1,900", "other": "The Osprey", "cargo": "320",
    "clerk": "Jon Brekke", "count": "17", "hours": "6", "next": "Tuesday", "cape": "Cape Vik",
}  # fmt: skip
TUESDAY = {
    "port": "Skarholm", "verb": "thinner", "day": "Tuesday", "gauge": "38", "ship": "The Linnet",
    "master": "Olga Rand", "tug": "Hector", "fee": "2,450", "other": "The Swift", "cargo": "75",
    "clerk": "Pia Moen", "count": "9", "hours": "11", "next": "Wednesday", "cape": "Tern Point",
}  # fmt: skip
TITLE = "Skarholm harbour ice closes {verb}"


def report_after_monday(day: dict[str, str], outlet: str) -> tuple[str, str]:
    """Return whether a report joins the story of Monday's report ("same", "apart"), and why."""
    dedup = PersistedShard()
    decisions = [
        dedup.take(
            article(
                name, TEMPLATE.format(**given), title=TITLE.format(**given), source=source,
                entities=[entity("Skarholm"), entity(given["ship"])],
            )
        )
        for name, given, source in (("one", MONDAY, "gauge.example"), ("two", day, outlet))
    ]  # fmt: skip
    reasons = [update.reason for update in decisions[1].stories]
    return ("same" if decisions[0].story_id == decisions[1].story_id else "apart"), reasons[0]


def test_two_instalments_of_a_series_are_two_stories() -> None:
    assert report_after_monday(TUESDAY, "gauge.example") == (
        "apart",
        "another instalment of its outlet's series",
    )


def test_the_same_template_in_another_outlet_is_not_a_series() -> None:
    assert "instalment" not in report_after_monday(TUESDAY, "other.example")[1]


def test_two_reports_of_one_event_by_one_outlet_are_not_a_series() -> None:
    more = " The ferry to Brenna was late by 40 minutes, and nobody minded but the post office."
    dedup = PersistedShard()
    named = [entity("Skarholm"), entity("The Maren")]
    body = TEMPLATE.format(**MONDAY)
    half = " ".join(body.split()[:45])
    first = dedup.take(
        article("one", body, title="Ice in Skarholm", source="gauge.example", entities=named)
    )
    second = dedup.take(
        article("two", half + more * 3, title="Skarholm ice and the ferry",
                source="gauge.example", entities=named)
    )  # fmt: skip

    assert second.story_id == first.story_id


def test_a_template_does_not_include_names_and_numbers() -> None:
    def template(text: str, outlet: str = "a") -> set[int]:
        return set(template_shingles(tokenize(text), outlet).tolist())

    one = template("the index rose to 41 points in Skarholm Bay on Monday as miners led")
    two = template("the index rose to 7 points in Brenna on Friday as miners led")

    assert one == two
    assert not one & template(
        "the index rose to 41 points in Skarholm on Monday as miners led", "b"
    )
    assert template("no names stand here at all") == set()
    assert template("Ox 4") == set()


def test_instalments_share_much_of_the_template_and_little_of_the_text() -> None:
    templates, texts = np.array([0.3, 0.3, 0.1, 0.9]), np.array([0.05, 0.3, 0.0, 0.8])

    assert is_another_instalment(templates, texts).tolist() == [True, False, False, False]
