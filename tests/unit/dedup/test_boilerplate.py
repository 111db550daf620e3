"""What an outlet repeats in every article makes neither copies nor stories."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schemas.article import TaggedArticle, VerdictKind
from schemas.tags import Entity, EntityType, Mention, TextField
from services.dedup.decision import Decision
from tests.unit.dedup.make import NOON, PersistedShard, article

ABOUT = (
    "About Kelvane: Kelvane AG makes paints, varnishes and coatings for ships, trains and wind "
    "turbines at eleven plants in Europe and Asia. Founded in 1924 in Haldon, the group employs "
    "6,400 people and had sales of 2.1 billion marks last year. Its shares are listed in Skarholm. "
    "Forward-looking statements: this release contains statements about the future that are "
    "subject to risks; actual results may differ from those expected. Kelvane undertakes no duty "
    "to update them. Contact: Kelvane press office, Mill Road 12, Haldon."
)
NEWSLETTER = (
    "You are receiving this newsletter because you subscribed to the morning edition of the "
    "Dailymoor. You can change your settings or unsubscribe at any time with the link at the end "
    "of this message. Please do not reply to this address, which nobody reads. The Dailymoor is "
    "published six days a week by Moor Press Ltd. All rights reserved; no part of this newsletter "
    "may be passed on without permission."
)
DISCLAIMER = (
    "The information in this article is for general use only and is no advice to buy or sell "
    "securities, funds or currencies. Past returns are no guide to the future, and the value of "
    "investments can fall as well as rise. The authors may hold shares of the companies that are "
    "named. Readers should ask a licensed adviser before they make any decision, and read the "
    "prospectus of each product in full, including the list of charges and risks."
)
DEAL = (
    "Kelvane buys rival's powder coatings unit",
    (
        "HALDON - Kelvane AG today agreed to buy the powder coatings unit of Marvik for 310 "
        "million marks. The deal adds two plants and 900 staff and is to close by the end of June."
    ),
)
RECALL = (
    "Kelvane recalls marine varnish after complaints",
    (
        "HALDON - Kelvane AG today recalled a marine varnish sold since February because it can "
        "blister in the sun. Customers get their money back. About 14,000 tins are concerned."
    ),
)
HEAD = (
    "Kelvane names Ida Strand as head of research",
    (
        "HALDON - Kelvane AG today appointed Ida Strand as its head of research from 1 October. "
        "Strand led the laboratory in Kolvar for seven years. She follows Per Holm, who retires."
    ),
)
NAMES = ("Kelvane", "Haldon", "Marvik", "Ida Strand", "Per Holm", "Kolvar", "Skarholm", "Dailymoor")


def release(name: str, report: tuple[str, str], repeated: str, order: str) -> TaggedArticle:
    """Return an article of one outlet with what it repeats `after`, `before` or `within` it."""
    title, news = report
    parts = {"after": f"{news}\n\n{repeated}", "before": f"{repeated}\n\n{news}"}
    body = parts.get(order, f"{news} {repeated}")
    found = []
    for one in NAMES:
        if (start := body.find(one)) >= 0:
            mention = Mention(
                field=TextField.BODY, start=start, end=start + len(one), text=one, by="test"
            )
            found.append(
                Entity(
                    entity_id=one.replace(" ", "-"),
                    name=one,
                    type=EntityType.ORGANISATION,
                    salience=0.5,
                    mentions=[mention],
                )
            )
    return article(
        name, body, title=title, source="wire.example", entities=found, at=NOON + timedelta(hours=3)
    )


def taken(*articles: TaggedArticle) -> tuple[list[Decision], PersistedShard]:
    dedup = PersistedShard()
    return [dedup.take(one) for one in articles], dedup


@pytest.mark.parametrize("repeated", [ABOUT, NEWSLETTER, DISCLAIMER])
@pytest.mark.parametrize("order", ["after", "before", "within"])
def test_releases_with_a_repeated_passage_are_originals_and_stories_of_their_own(
    repeated: str, order: str
) -> None:
    reports = {"one": DEAL, "two": RECALL, "three": HEAD}

    found, _dedup = taken(*(release(n, one, repeated, order) for n, one in reports.items()))

    assert [one.verdict and one.verdict.kind for one in found] == [VerdictKind.ORIGINAL] * 3
    assert len({one.story_id for one in found}) == 3


def test_an_edited_release_of_the_same_outlet_is_a_copy() -> None:
    title, news = DEAL
    corrected = f"Corrected: {title}", news.replace("today", "on Monday")

    found, _dedup = taken(
        release("one", DEAL, ABOUT, "after"), release("two", corrected, ABOUT, "after")
    )

    assert found[1].verdict is not None
    assert found[1].verdict.kind is VerdictKind.COPY


def test_an_updated_report_with_a_new_beginning_stays_in_its_story() -> None:
    title, news = DEAL
    lead = (
        "The news was confirmed by a second spokesman in the afternoon, who gave no further "
        "details for the moment but promised a statement by the evening. "
    )

    found, _dedup = taken(
        release("one", DEAL, ABOUT, "after"),
        release("two", (f"Update: {title}", lead + news), ABOUT, "after"),
    )

    assert found[1].story_id == found[0].story_id


def test_another_outlets_copy_with_the_passage_is_a_copy() -> None:
    one = release("one", DEAL, ABOUT, "after")
    other = release("two", DEAL, ABOUT, "after").model_copy(update={"source": "echo.example"})

    found, _dedup = taken(one, other)

    assert found[1].verdict is not None
    assert found[1].verdict.copy_of == one.article_id


def test_a_restarted_worker_decides_alike() -> None:
    articles = [
        release(name, report, ABOUT, "after")
        for name, report in {"one": DEAL, "two": RECALL, "three": HEAD}.items()
    ]
    found, _dedup = taken(*articles)
    again = PersistedShard()
    repeated = []
    for one in articles:
        repeated.append(again.take(one))
        again.restart()

    assert [one.verdict for one in repeated] == [one.verdict for one in found]
    assert [one.story_id for one in repeated] == [one.story_id for one in found]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_teaser_of_a_sentence_is_in_the_story_of_the_full_article(*, is_first: bool) -> None:
    title, news = DEAL
    full = release("full", DEAL, DISCLAIMER, "after")
    teaser = article(
        "teaser", news.split(". ")[0] + ".", title=title, source="echo.example",
        at=NOON + timedelta(hours=3),
    )  # fmt: skip

    found, _dedup = taken(*([teaser, full] if is_first else [full, teaser]))

    assert found[1].verdict is not None
    assert found[1].verdict.kind is VerdictKind.COPY
    assert found[1].story_id == found[0].story_id


def test_a_name_in_both_headlines_does_not_make_two_releases_one() -> None:
    """The company's name has half of the weight of each headline, and the passage has its words."""
    about = (
        "About Harbour Lines: Harbour Lines Ltd. is the leading operator of ferries and freight "
        "barges in the northern inlets. Founded in 1911, the company carries four million "
        "passengers and two million tonnes of goods a year on 31 ships. Its shares are listed in "
        "Oslo. Harbour Lines employs 1,900 people in six countries and has its head office on the "
        "southern quay of Skarholm. Actual results may differ materially from those expected "
        "today. The company undertakes no duty to update such statements. Contact: press office, "
        "Harbour Lines Ltd., Quay 4, Skarholm."
    )
    chief = (
        "Harbour Lines names new chief executive",
        (
            "SKARHOLM - Harbour Lines Ltd. today named Lena Brandt as its chief executive from 1 "
            "September. Brandt ran the freight arm for nine years. She follows Boris "
            "Hale, who retires."
        ),
    )
    order = (
        "Harbour Lines orders two electric ferries",
        (
            "SKARHOLM - Harbour Lines Ltd. today ordered two electric ferries from the "
            "Kolvar yard for "
            "90 million marks. They will sail to the outer islands from 2033 and carry "
            "300 cars each."
        ),
    )

    found, _dedup = taken(
        release("one", chief, about, "after"), release("two", order, about, "after")
    )

    assert [one.verdict and one.verdict.kind for one in found] == [VerdictKind.ORIGINAL] * 2
    assert found[0].story_id != found[1].story_id
