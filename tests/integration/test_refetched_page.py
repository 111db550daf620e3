"""A page that is fetched again, on a real broker."""

from __future__ import annotations

import json

from schemas.article import VerdictKind
from schemas.topics import STORIES
from tests.integration.harness import Cluster, Outcomes
from tests.unit.messaging.test_refetched_page import page


def test_a_refetched_page_is_a_revision_only_if_its_article_changed(pipeline: Cluster) -> None:
    publish(pipeline, nonce="4f2a", advert="Buy shoes")
    first = pipeline.wait_for(
        lambda seen: len(seen.enriched) == 1 == len(seen.stories), "published"
    )
    publish(pipeline, nonce="91bc", advert="Spend a week by the sea")
    second = pipeline.wait_for(lambda seen: len(seen.dead_letters) == 1, "fetched again")

    (letter, _record), (article,) = second.dead_letters[0], first.enriched
    assert (letter.outcome, letter.reason, letter.stage) == ("filtered", "unchanged", "dedup")
    assert (letter.article_id, letter.revision_id) == (article.article_id, article.revision_id)
    assert second.enriched_ids == first.enriched_ids
    assert versions(pipeline) == [1]

    publish(pipeline, nonce="77d0", title="Ferry line is open", advert="Buy shoes")
    pipeline.wait_for(lambda seen: len(seen.enriched) == 2, "revised")
    third = pipeline.wait_for(story_version_2, "the story has its second version")

    verdict = third.enriched[1].verdict
    assert (verdict.kind, verdict.revision, verdict.changed) == (VerdictKind.REVISION, 2, ["title"])
    assert verdict.previous_revision_id == article.revision_id
    assert len(third.dead_letters) == 1
    assert versions(pipeline) == [1, 2]
    check = pipeline.newsloom("check", "--json")
    assert check.returncode == 0, check.stdout
    report = json.loads(check.stdout)
    assert report["outcomes"] == {"filtered: unchanged": 1, "original": 1, "revision": 1}
    assert (report["messages"], report["revisions"], report["unmatched"]) == (3, 2, 0)


def publish(pipeline: Cluster, *, nonce: str, **changes: str) -> None:
    line = page(nonce, **changes).model_dump_json(exclude_none=True)
    done = pipeline.newsloom("publish", "-", stdin=line.encode())
    assert done.returncode == 0, done.stderr


def story_version_2(seen: Outcomes) -> bool:
    return any(story.version == 2 for story in seen.stories.values())


def versions(pipeline: Cluster) -> list[int]:
    """The versions of the one story, as they were sent."""
    return [json.loads(record.value or b"")["version"] for record in pipeline.stored(STORIES.name)]
