"""The user's own names reach a running tagging worker, and leave it, without a restart."""

from __future__ import annotations

import json
import time
from pathlib import Path

from schemas.topics import TAGGED
from tests.integration.harness import Cluster, eventually

TEXT = (
    "The Quillon Weavers' Circle opened its doors on Sunday in the old mill by the river, and "
    "several hundred people came to see the looms that its members had repaired over the winter "
    "with money from the town and from the county, which had promised the sum two years before."
)


def ids(cluster: Cluster, number: int) -> set[str]:
    """Entity ids of the article, once it is tagged."""
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


def test_a_row_is_used_within_seconds_and_its_removal_too(cluster: Cluster, tmp_path: Path) -> None:
    cluster.start("cleaning", "tagging")
    assert "mill:quillon" not in ids(cluster, 1)

    rows = tmp_path / "rows.csv"
    rows.write_text(
        "id,name,type,aliases\n"
        "mill:quillon,Quillon Weavers' Circle,organisation,Weavers' Circle\n"
        "broken,,organisation,\n"
    )
    loaded = cluster.newsloom("gazetteer", "load", str(rows))
    assert "Published 1 rows, refused 1." in loaded.stdout
    assert "line 3" in loaded.stderr
    time.sleep(2)
    assert "mill:quillon" in ids(cluster, 2)
    assert "mill:quillon" in cluster.newsloom("gazetteer", "list").stdout

    cluster.newsloom("gazetteer", "remove", "mill:quillon")
    time.sleep(2)
    assert "mill:quillon" not in ids(cluster, 3)


def test_a_malformed_row_on_the_topic_stops_nobody(cluster: Cluster) -> None:
    import asyncio  # noqa: PLC0415 - only here

    from services.publisher import producer  # noqa: PLC0415 - only here

    async def send() -> None:
        async with producer(cluster.bootstrap) as client:
            for value in (b"not json", b"{}", b"\xff"):
                await client.send_and_wait("newsloom.gazetteer", value, key=b"bad")

    asyncio.run(send())

    assert ids(cluster, 4)
