"""Rows are added to and removed from the gazetteer of a running tagging worker."""

from __future__ import annotations

import asyncio
import json
from itertools import count
from pathlib import Path

import pytest

from schemas.topics import GAZETTEER, TAGGED
from services.kafka.clients import producer
from tests.integration.harness import Cluster, eventually

TEXT = (
    "The Quillon Weavers' Circle opened its doors on Sunday in the old mill by the river, and "
    "several hundred people came to see the looms that its members had repaired over the winter "
    "with money from the town and from the county, which had promised the sum two years before."
)


@pytest.fixture(scope="module")
def tagging(cluster: Cluster) -> Cluster:
    """Start cleaning and tagging on the broker."""
    cluster.start("cleaning", "tagging")
    return cluster


def ids(cluster: Cluster, number: int) -> set[str]:
    """Return the entity ids of the article when it has been tagged."""
    url = f"https://a.example/{number}"
    raw = {"url": url, "source": "a.example", "text": f"{TEXT} Visit number {number}."}
    cluster.send([(b"k", json.dumps(raw).encode(), [])])
    found: list[dict[str, list[dict[str, str]]]] = []

    def tagged() -> bool:
        values = [json.loads(record.value or b"") for record in cluster.stored(TAGGED.name)]
        found[:] = [value for value in values if value["url"] == url]
        return bool(found)

    eventually(tagged, "it is tagged")
    return {entity["entity_id"] for entity in found[0]["entities"]}


def test_a_new_row_and_its_removal_take_effect_within_seconds(
    tagging: Cluster, tmp_path: Path
) -> None:
    assert "mill:quillon" not in ids(tagging, 1)

    rows = tmp_path / "rows.csv"
    rows.write_text(
        "id,name,type,aliases\n"
        "mill:quillon,Quillon Weavers' Circle,organisation,Weavers' Circle\n"
        "broken,,organisation,\n"
        "mill:quillon,Quillon Weavers' Circle,organisation,Weavers' Circle\n"
    )
    loaded = tagging.newsloom("gazetteer", "load", str(rows))
    assert "Published 2 rows, refused 1." in loaded.stdout
    assert "the id mill:quillon is given twice" in loaded.stderr
    assert "line 3" in loaded.stderr
    numbers = count(2)  # each look is at another article
    eventually(lambda: "mill:quillon" in ids(tagging, next(numbers)), "the row is used")
    assert "mill:quillon" in tagging.newsloom("gazetteer", "list").stdout
    (row,) = tagging.newsloom("gazetteer", "list", "--json").stdout.splitlines()
    assert json.loads(row)["aliases"] == ["Weavers' Circle"]

    removed = tagging.newsloom("gazetteer", "remove", "mill:quillon", "mill:quillonn")
    assert "Removed 1 row." in removed.stdout
    assert "There is no row with the id mill:quillonn." in removed.stderr
    assert removed.returncode == 1
    eventually(lambda: "mill:quillon" not in ids(tagging, next(numbers)), "it is not used")


def test_a_malformed_row_on_the_topic_does_not_stop_tagging(tagging: Cluster) -> None:
    async def send() -> None:
        async with producer(tagging.bootstrap) as client:
            for value in (b"not json", b"{}", b"\xff"):
                await client.send_and_wait(GAZETTEER.name, value, key=b"bad")

    asyncio.run(send())

    assert ids(tagging, 0)
