"""Standing headlines, templates and everyday events join no strangers; reports of one event join.

The reports are invented, in the form of public bug reports. Entities are what a tagger finds.
"""

from __future__ import annotations

import re
from datetime import timedelta

import numpy as np
import pytest

from schemas.article import TaggedArticle, VerdictKind
from schemas.tags import Entity
from services.dedup.features.recurring_template import compare_names_and_numbers
from tests.unit.dedup.make import NOON, PersistedShard, article, entity

PLACES = (
    "Valparaiso", "Chile", "Oaxaca", "Mexico", "Norwick", "Ashcombe", "Mossford", "Elmstead",
    "Linford", "Kolvar", "Skarholm", "Westbridge", "Dellbury", "Haldon", "Tarnbeck", "Norsal",
    "Fjordbank", "Orbis Bank", "Credit Lorne", "Luxembourg", "Orla Keane", "Omar Reyes",
    "Boris Hale", "Lena Brandt", "Quay Street", "Ida Falk",
)  # fmt: skip
"""Names in the reports."""

BRIDGE = (
    "The harbour council of Skarholm voted on Tuesday evening to close the old swing bridge to "
    "lorries from the first week of July, after engineers found cracks in two of its bearings.\n\n"
    "The bridge carries about nine thousand vehicles a day and is the only link between the fish "
    "market and the northern quays, so traders had asked the council to wait."
)
VIOLIN = (
    "A violin made in 1738 that had been missing since a burglary nine years ago has been found in "
    "the loft of a bakery in Kolvar, police said on Friday.\n\nThe owner of the bakery took it for "
    "a toy until a customer who plays in the town orchestra saw it."
)
BARLEY = (
    "Scientists at the university have grown a strain of barley that needs a third less water, "
    "according to a paper in a journal of plant science published on Monday.\n\nField trials on "
    "four farms gave yields close to those of common barley even in the dry summer of last year."
)
QUAKE = (
    "An earthquake of magnitude {} struck {}, {}, at {} local time on Tuesday, the geological "
    "survey said. Its centre was {} kilometres below the surface. There were no early reports of "
    "injuries or damage. The survey said further tremors could follow within hours. Residents "
    "were asked to keep away from the coast until officials had checked the harbour walls."
)
WEATHER = (
    "{} will be cloudy with sunny spells and a high of {} degrees and a low of {}. Winds come from "
    "the south at {} kilometres an hour. The chance of rain is {} percent. The sea temperature is "
    "13 degrees. Pollen counts stay low. The next forecast follows at 7 a.m."
)
BOND = (
    "{} is issuing a {} million euro bond due {} paying {} percent and priced at {}, lead manager "
    "{} said. The selling concession is one percent while management and underwriting combined "
    "pays 5/8 percent. The payment date is May 7. The bond is available in denominations of 1,000 "
    "and 10,000 and will be listed in Luxembourg."
)
MATCH = (
    "{0} beat {1} {2} at {0} Park on Saturday. {3} scored the winner in the {4}th minute after a "
    "mistake by the goalkeeper. {1} had taken the lead early but could not hold it. The home side "
    "stays in the top four of the league, while the visitors drop two places. The coach praised "
    "his team's patience after the match."
)

Report = tuple[str, str, str, int]
"""Outlet, title, text, and hours after the first."""


def tagged(number: int, report: Report) -> TaggedArticle:
    outlet, title, text, hours = report
    found: list[Entity] = [
        entity(name) for name in PLACES if re.search(rf"\b{name}\b", f"{title} {text}")
    ]
    return article(
        f"report-{number}", text, title=title, at=NOON + timedelta(hours=hours), source=outlet,
        entities=found,
    )  # fmt: skip


def stories(*reports: Report) -> list[str | None]:
    """Return the story of each report; all of them must be originals."""
    dedup = PersistedShard()
    decisions = [dedup.take(tagged(n, report)) for n, report in enumerate(reports)]
    assert all(one.verdict and one.verdict.kind is VerdictKind.ORIGINAL for one in decisions)
    return [one.story_id for one in decisions]


@pytest.mark.parametrize("second_outlet", ["post.example", "echo.example"])
@pytest.mark.parametrize(
    "title",
    [
        "News in brief",
        "Letters to the editor",
        "Corrections and clarifications",
        "What we are reading today",
        "Your weekend briefing: five things to know",
        "Quote of the day",
        "Evening edition: the main points",
        "Editorial",
        "Planning applications in your area",
    ],
)
def test_a_standing_headline_joins_no_strangers(title: str, second_outlet: str) -> None:
    found = stories(
        ("post.example", title, BRIDGE, 0),
        (second_outlet, title, VIOLIN, 24),
        ("post.example", title, BARLEY, 48),
    )

    assert len(set(found)) == 3


STRANGERS: dict[str, tuple[Report, Report]] = {
    "two earthquakes": (
        ("wire.example", "Magnitude 5.8 earthquake strikes Valparaiso, Chile",
         QUAKE.format("5.8", "Valparaiso", "Chile", "04:12", 31), 0),
        ("wire.example", "Magnitude 6.1 earthquake strikes Oaxaca, Mexico",
         QUAKE.format("6.1", "Oaxaca", "Mexico", "09:40", 12), 5),
    ),
    "the weather of two days": (
        ("post.example", "Weather for Kolvar", WEATHER.format("Tuesday", 21, 12, 20, 10), 0),
        ("post.example", "Weather for Kolvar", WEATHER.format("Wednesday", 24, 13, 15, 30), 24),
    ),
    "two bond issues": (
        ("ledger.example", "Norsal issues 100 mln euro bond",
         BOND.format("Norsal", 100, 1994, "5-1/8", "100.25", "Orbis Bank"), 0),
        ("ledger.example", "Fjordbank issues 75 mln euro bond",
         BOND.format("Fjordbank", 75, 1992, "7-3/4", "99.50", "Credit Lorne"), 3),
    ),
    "two matches": (
        ("sport.example", "Westbridge beat Linford 2-1",
         MATCH.format("Westbridge", "Linford", "2-1", "Omar Reyes", 83), 0),
        ("sport.example", "Kolvar beat Dellbury 3-2",
         MATCH.format("Kolvar", "Dellbury", "3-2", "Boris Hale", 31), 1),
    ),
    "two robberies in two towns": (
        ("a.example", "Jeweller robbed in Mossford",
         ("Masked men robbed a jeweller's shop in Mossford on Wednesday and fled with "
          "watches worth "
         "80,000 marks, police said. Nobody was hurt. The men got away in a grey car. Police "
         "searched the area with a helicopter."), 0),
        ("b.example", "Bank robbed at gunpoint in Elmstead",
         ("A man with a pistol robbed a bank in Elmstead on Wednesday and fled on foot with cash, "
         "police said. A clerk was treated for shock. Police searched the area with a helicopter "
         "and dogs."), 6),
    ),
    "two fires in two towns": (
        ("a.example", "Two die in flat fire in Norwick",
         ("Two women died when a flat in Norwick caught fire on Monday night, the fire service "
         "said. Neighbours raised the alarm at about eleven. Six crews fought the fire until "
         "dawn. The cause is being looked into."), 0),
        ("b.example", "Fire destroys barn near Ashcombe",
         ("A barn near Ashcombe burned to the ground on Monday night, the fire service "
          "said. No one "
         "was hurt. Four crews fought the fire for five hours. The cause is being looked "
         "into."), 6),
    ),
    "two prizes in two towns": (
        (
            "a.example",
            "Teen wins maths prize in Jarrow",
            ("A pupil of 16 from Jarrow won the national mathematics prize on Friday. She solved "
            "all six problems. The prize of 5,000 marks was handed over by the minister."),
            0,
        ),
        (
            "b.example",
            "Kelso baker wins bread award",
            ("A baker from Kelso won the national bread award on Friday for a rye loaf. The jury "
            "praised the crust. The prize of 3,000 marks was handed over by the minister."),
            3,
        ),
    ),
    "two verdicts of one judge": (
        ("a.example", "Teacher jailed for theft",
         ("A court in Linford sentenced a teacher to two years in prison on Monday for stealing "
         "60,000 marks from a school fund. Judge Orla Keane said he had betrayed the trust of "
         "parents. The man, 52, admitted the charges. His lawyer said he would not appeal."), 0),
        ("a.example", "Driver fined for speeding past school",
         ("A court in Linford fined a driver 4,000 marks on Monday for speeding past a crossing in "
         "January. Judge Orla Keane said only luck had prevented worse. The woman, 38, "
         "apologised. Her lawyer said she accepted the fine."), 2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", STRANGERS)
def test_everyday_events_of_one_kind_are_two_stories(kind: str) -> None:
    one, other = stories(*STRANGERS[kind])

    assert one != other


SAME_EVENT: dict[str, tuple[Report, Report]] = {
    "an earthquake and its damage, by one outlet": (
        ("wire.example", "Magnitude 5.8 earthquake strikes Valparaiso, Chile",
         QUAKE.format("5.8", "Valparaiso", "Chile", "04:12", 31), 0),
        ("wire.example", "Three injured in Valparaiso quake",
         ("Three people were hurt when an earthquake of magnitude 5.8 struck Valparaiso, Chile, at "
         "04:12 local time on Tuesday, officials said. Its centre was 31 kilometres below the "
         "surface. Two houses in Valparaiso lost their roofs and the harbour wall cracked. The "
         "geological survey said further tremors could follow."), 3),
    ),
    "a fire by two outlets": (
        ("a.example", "Two die in flat fire in Norwick",
         ("Two women died when a flat in Norwick caught fire on Monday night, the fire service "
         "said. Neighbours raised the alarm at about eleven. Six crews fought the fire until "
         "dawn. The cause is being looked into."), 0),
        ("b.example", "Norwick blaze kills two",
         ("A fire in a block of flats in Norwick killed two women late on Monday. "
          "Firefighters were "
         "called at eleven and were still at the scene in the morning. Residents told of smoke on "
         "the stairs. The women had lived on the third floor."), 4),
    ),
    "a match by two outlets": (
        ("a.example", "Late Reyes goal gives Westbridge victory over Linford",
         ("Omar Reyes struck seven minutes from time as Westbridge came back to beat "
          "Linford 2-1 at "
         "Quay Park on Saturday. The visitors led after nine minutes. Westbridge remain fourth."),
         0),
        ("b.example", "Westbridge 2 Linford 1: Reyes the hero",
         ("Westbridge fans sang the name of Omar Reyes long after the final whistle on Saturday. "
         "His late goal beat Linford 2-1, who had scored first through a header. The win keeps "
         "Westbridge in fourth place."), 4),
    ),
    "a crash and a death": (
        ("a.example", "Cyclist hit by lorry on Mill Lane",
         ("A 41-year-old cyclist was badly hurt on Monday when a lorry hit him on Mill Lane in "
         "Dellbury, police said. He was taken to hospital. The driver was not hurt. Mill Lane was "
         "closed for two hours."), 0),
        ("b.example", "Man dies after Mill Lane crash",
         ("The cyclist who was hit by a lorry on Mill Lane in Dellbury on Monday has died in "
         "hospital, police said on Tuesday. He was 41. The driver of the lorry has been "
         "questioned."), 26),
    ),
    "a flash and the full report under one headline": (
        ("post.example", "Skarholm council closes swing bridge to lorries",
         ("The harbour council of Skarholm has voted to close the old swing bridge to lorries from "
         "July after engineers found cracks in two of its bearings. More follows shortly."), 0),
        ("post.example", "Skarholm council closes swing bridge to lorries", BRIDGE, 1),
    ),
    "one event under a standing headline": (
        ("post.example", "News in brief", BRIDGE, 0),
        ("echo.example", "News in brief",
         ("Lorries will be banned from the old swing bridge in Skarholm from July, the harbour "
         "council voted on Tuesday evening. Engineers found cracks in two bearings. Traders at the "
         "fish market and on the northern quays had asked the council to wait."), 4),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAME_EVENT)
def test_reports_of_one_event_are_one_story(kind: str) -> None:
    one, other = stories(*SAME_EVENT[kind])

    assert one == other


@pytest.mark.parametrize(
    ("names", "numbers", "expected"),
    [
        ((0, 2), (1, 4), (True, True)),
        ((2, 2), (1, 4), (True, False)),
        ((0, 2), (4, 4), (True, False)),
        ((2, 2), (3, 4), (False, False)),
        ((0, 0), (0, 1), (False, False)),
        ((4, 5), (0, 4), (False, False)),
    ],
)
def test_names_and_numbers_agree_by_their_shares(
    names: tuple[int, int], numbers: tuple[int, int], expected: tuple[bool, bool]
) -> None:
    found = compare_names_and_numbers(
        (np.array([float(names[0])]), np.array([names[1]])),
        (np.array([float(numbers[0])]), np.array([numbers[1]])),
    )

    assert (bool(found.either_differs[0]), bool(found.both_differ[0])) == expected
