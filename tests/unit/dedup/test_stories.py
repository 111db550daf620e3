"""Stories are created, extended, merged and closed, and keep their ids."""

from datetime import timedelta

import numpy as np

from schemas.article import TaggedArticle
from schemas.story import StoryChange
from schemas.tags import EntityType, Quote
from services.dedup.clustering.merge_score import INPUTS, MergeModel
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.features.article_features import extract_features
from services.dedup.features.tokens import shingles, tokenize
from services.dedup.settings import DedupSettings
from tests.in_memory_rows import InMemoryRows
from tests.unit.dedup.make import NOON, PersistedShard, article, entity, prose

FERRY = [entity("Skarholm"), entity("Ida Falk", EntityType.PERSON)]
BODY = (
    "The ferry line to Skarholm reopened on Sunday after two years of repairs to the quay. "
    "Ida Falk, who runs the line, greeted the first passengers with coffee at the landing stage. "
    "Tickets cost nine marks and the crossing takes forty minutes in calm weather."
)
OTHER = (
    "After two years of repairs the ferry sails to Skarholm again, to the joy of islanders. "
    "Passengers on Sunday's first crossing were met by Ida Falk, head of the ferry line, at the "
    "quay. The crossing of forty minutes costs nine marks, and the boat was full."
)


def test_two_reports_of_one_event_are_one_story() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", BODY, title="Ferry to Skarholm reopens", entities=FERRY))
    second = dedup.take(article("two", OTHER, title="Skarholm ferry sails again", entities=FERRY))
    assert first.story_id is not None
    story = dedup.shard.story(first.story_id)

    assert second.story_id == first.story_id
    assert story is not None
    assert (story.version, story.change) == (2, StoryChange.UPDATED)
    assert (story.article_count, story.outlet_count, story.original_count) == (2, 2, 2)
    assert [place.name for place in story.places] == ["Skarholm"]
    assert "Skarholm" in story.reason
    assert sum(stretch.articles for stretch in story.timeline) == 2
    bodies = {one.article_id: body for one, body in zip(story.articles, (BODY, OTHER), strict=True)}
    assert story.summary
    assert all(sentence.text in bodies[sentence.article_id] for sentence in story.summary)


def test_different_events_are_different_stories() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", BODY, entities=FERRY))
    second = dedup.take(article("two", prose(5), entities=[entity("Brenna")]))

    assert second.story_id != first.story_id


def test_ids_do_not_depend_on_settings() -> None:
    usual, odd = PersistedShard(), PersistedShard(DedupSettings(join_score=0.99, candidates=2))

    assert usual.take(article("one", BODY)).story_id == odd.take(article("one", BODY)).story_id


def test_a_quiet_story_closes_once() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", BODY, entities=FERRY))
    later = NOON + timedelta(hours=80)
    second = dedup.take(article("two", prose(5), at=later))
    third = dedup.take(article("three", prose(6), at=later))

    closed = [update for update in second.stories if update.change is StoryChange.CLOSED]
    assert [update.story_id for update in closed] == [first.story_id]
    assert closed[0].version == 2
    assert all(update.change is not StoryChange.CLOSED for update in third.stories)


def test_expired_articles_are_removed_from_rows_and_memory() -> None:
    dedup = PersistedShard()
    first = article("one", BODY)
    dedup.take(first)
    for day in (4, 8, 12, 16, 20, 24):
        dedup.take(article(f"d{day}", prose(day), at=NOON + timedelta(days=day)))

    assert ("articles", first.article_id) not in dedup.rows.rows
    assert len(dedup.rows.rows) < 12
    assert dedup.shard.articles <= 3


def test_stories_that_turn_out_to_be_one_are_merged() -> None:
    weights = np.zeros(len(INPUTS))
    weights[INPUTS.index("term_containment")] = 10
    rows = InMemoryRows()
    shard = Shard(DedupSettings(), rows, MergeModel(-2.0, weights))
    bodies = [prose(3), prose(4), prose(3, 60) + " " + prose(4, 60)]
    decisions = []
    for number, body in enumerate(bodies):
        one = article(f"a{number}", body)
        decisions.append(shard.decide(one, MessageIdentity(one.revision_id, 1)))
        rows.apply(decisions[-1].changes)
    stories = [shard.story(str(one.story_id)) for one in decisions]
    gone = next((one for one in stories if one is not None and one.merged_into), None)
    kept = stories[2]

    assert decisions[0].story_id != decisions[1].story_id
    assert gone is not None
    assert kept is not None
    assert gone.merged_into == kept.story_id
    assert (gone.change, kept.change) == (StoryChange.MERGED, StoryChange.UPDATED)
    assert (kept.article_count, kept.version, gone.version) == (3, 3, 2)
    copy = article("late", bodies[[one.story_id for one in decisions].index(gone.story_id)])
    assert shard.decide(copy, MessageIdentity(copy.revision_id, 1)).story_id == kept.story_id


def test_a_revision_that_reports_something_else_leaves_its_story() -> None:
    dedup = PersistedShard()
    first = dedup.take(article("one", BODY, title="Ferry to Skarholm", entities=FERRY))
    dedup.take(article("two", OTHER, title="Skarholm ferry", entities=FERRY))
    far = NOON + timedelta(days=1)
    changed = article("two", prose(9), title="Brenna", entities=[entity("Brenna")], at=far)
    decision = dedup.take(changed)
    assert first.story_id is not None
    assert decision.story_id is not None
    old, new = dedup.shard.story(first.story_id), dedup.shard.story(decision.story_id)

    assert old is not None
    assert new is not None
    assert old.split_into == [new.story_id]
    assert new.split_from == old.story_id
    assert old.change is StoryChange.SPLIT
    assert (old.article_count, new.article_count) == (1, 1)


def quoting(name: str, quotes: list[str], lead: str) -> TaggedArticle:
    """Return a report that consists mainly of quotations of Marta Kessling."""
    body, quoted = lead, []
    for text in quotes:
        body += "\n\n“"
        start = len(body)
        body += text
        quoted.append(
            Quote(text=text, start=start, end=len(body), speaker="Marta Kessling", cue="said")
        )
        body += "” Kessling said."
    people = [entity("Marta Kessling", EntityType.PERSON), entity("Varnholm")]
    return article(
        name, body, title="Kessling on the Varnholm tunnel", entities=people, quotes=quoted, at=None
    )


def test_quotations_are_compared_one_by_one() -> None:
    """The first quotation has one shingle of five words, the second three; none spans both."""
    five, seven = "We build the long tunnel.", "Nobody sleeps until both galleries are dry."
    both = quoting("both", [five, seven, "Not yet."], "She spoke.")
    found = extract_features(both, DedupSettings())

    assert found.quoted_word_count == 5 + 7 + 2
    expected = [shingles(tokenize(text).hashes) for text in (five, seven)]
    assert sorted(np.concatenate(expected).tolist()) == found.quoted_shingles.tolist()


def test_the_same_speaker_at_another_occasion_is_another_story() -> None:
    lead = "Transport minister Marta Kessling spoke about the rail tunnel in Varnholm to the press."
    first = [
        "We have agreed with the builders that the drilling resumes next month with two shifts.",
        "Nobody will be asked to work in a gallery that the inspectors have not signed off yet.",
        "The extra cost is ninety million and it will come out of the reserve of this ministry.",
    ]
    second = [
        "The auditors may look at every invoice since the first day and my staff will help them.",
        "It would be dishonest to name an opening date before the second breakthrough is made.",
        "I spoke to the mayors along the line and each of them wants stations before speeches.",
    ]
    dedup = PersistedShard()
    one = dedup.take(quoting("one", first, lead))
    two = dedup.take(quoting("two", second, lead))
    three = dedup.take(quoting("three", [first[1], first[0], second[2][:40]], lead))

    assert one.story_id != two.story_id
    assert "occasion" in two.stories[0].reason
    assert three.story_id == one.story_id
