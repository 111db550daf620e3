"""A pack is loaded, used in articles and stories, loaded again, and removed."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

from schemas.story import StoryEntity
from schemas.tags import Entity, ExternalIds
from tests.integration.harness import Cluster, Outcomes, eventually

TEXT = (
    "The shipyards of Denmark built the new ferry over three winters, and several hundred people "
    "came to the quay on Sunday to see it leave for its first crossing. The captain said that the "
    "boat is quieter than the old one, burns half as much fuel and carries forty cars more."
)
DENMARK, QUARRY = "geonames:2623032", "acme:quarry"


def test_the_ids_of_a_pack_reach_articles_and_stories_until_it_is_removed(
    cluster: Cluster, tmp_path: Path
) -> None:
    cluster.start("cleaning", "tagging", "dedup")
    own = tmp_path / "rows.csv"
    own.write_text(f"id,name,type,ticker\n{QUARRY},Quarry Works,organisation,OSL:QRY\n")
    assert cluster.newsloom("gazetteer", "load", str(own)).returncode == 0
    missing = cluster.newsloom("gazetteer", "load", "--pack", "countrys")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.strip() == (
        "newsloom: There is no pack countrys; the packs are companies, countries, leaders."
    )

    loaded = cluster.newsloom("gazetteer", "load", "--pack", "countries")
    assert loaded.stdout == "Published 254 rows, 0 unchanged, refused 0.\n", loaded.stderr
    again = cluster.newsloom("gazetteer", "load", "--pack", "countries")
    assert again.stdout == "Published 0 rows, 254 unchanged, refused 0.\n"

    numbers = count(1)
    expected = ExternalIds(wikidata="Q35", geonames="2623032")
    eventually(lambda: denmark(cluster, next(numbers)) == [expected] * 2, "the pack is used")

    removed = cluster.newsloom("gazetteer", "remove", "--pack", "countries")
    assert removed.stdout == "Removed 254 rows.\n"
    left = cluster.newsloom("gazetteer", "list", "--json").stdout.splitlines()
    assert [json.loads(row)["id"] for row in left] == [QUARRY]
    assert cluster.newsloom("gazetteer", "remove", "--pack", "countries").returncode == 1
    plain = ExternalIds(geonames="2623032")
    eventually(lambda: denmark(cluster, next(numbers))[0] == plain, "the pack is not used")


def denmark(cluster: Cluster, number: int) -> list[ExternalIds | None]:
    """Return the external ids of Denmark in a new article and in the story that it joins."""
    url = f"https://a.example/{number}"
    raw = {"url": url, "source": "a.example", "text": f"{TEXT} Crossing number {number}."}
    cluster.send([(b"k", json.dumps(raw).encode(), [])])
    found: list[ExternalIds | None] = []

    def in_a_story(outcomes: Outcomes) -> bool:
        for article in outcomes.enriched:
            story = outcomes.stories.get(article.story_id or "")
            listed = [one.article_id for one in story.articles] if story else []
            if article.url == url and story and article.article_id in listed:
                named: list[Entity | StoryEntity] = [*article.entities, *story.places]
                found[:] = [one.external_ids for one in named if one.entity_id == DENMARK]
                return True
        return False

    cluster.wait_for(in_a_story, "the article is in a story")
    return found
