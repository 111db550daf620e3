"""A story that turns out to be two: which articles go, and the records of both parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.article import TaggedArticle
from services.dedup.clustering.bipartition import Parting
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.features import feature_batch as packs
from services.dedup.features.article_features import entity_key
from services.dedup.features.feature_batch import Pack
from services.dedup.features.tokens import Hashes
from services.dedup.storage.article_row import ArticleRow
from services.dedup.storage.row_batch import Batch
from services.dedup.stories import story_row as records
from services.dedup.stories.story_row import Record

GROWN: Final = 1.5
"""How much a story has grown since it was last looked at, when it is looked at again."""
SURE: Final = 0.9
"""Score of a joining article from which nobody asks whether the story is one."""
FEWEST: Final = 3
"""Originals that are too few to be two stories."""
MOST: Final = 64
"""Articles of a story that can fall apart: the rows of all are read, of half written."""
_COUNTED: Final = ("a", "n", "o", "e", "t", "g", "s", "lk", "h", "hi")


@dataclass(frozen=True, slots=True)
class Split:
    """A new story, parted from another."""

    story_id: str
    record: Record
    articles: set[str]


@dataclass(frozen=True, slots=True)
class _Member:
    """What a story counts of an article."""

    source: str
    title: str
    entities: Hashes
    saliences: npt.NDArray[np.uint8]


def is_due(record: Record, score: float) -> bool:
    """Whether it is time to see if a story falls apart; notes that it is looked at now.

    ``score`` is that of the article that has joined: one that fits all the others says
    that they are one story, and costs nothing.
    """
    if score >= SURE:
        return False
    count = record["n"]["o"]
    due = bool(count >= GROWN * max(record["lk"], FEWEST) and records.article_count(record) <= MOST)
    if due:
        record["lk"] = count
    return due


def divide(
    story: tuple[str, Record],
    parting: Parting,
    taking: tuple[TaggedArticle, Pack],
    clusterer: Clusterer,
    batch: Batch,
) -> Split | None:
    """Part a story, given by id and record, which ``taking`` has just joined.

    The representatives part as found, every other article goes with the part it fits
    better, a copy with its original. Leaves all as it was and returns None where an
    article's row is gone, since the sums over articles could not be made again.
    """
    (story_id, record), (article, features) = story, taking
    others = [one for one, _letter, _at in record["a"] if one != article.article_id]
    rows = {one: row for one in others if (row := batch.article(one)) is not None}
    if len(rows) < len(others):
        return None
    first = next(one for one, _letter, _at in record["a"] if one in parting.leaving)
    revision = rows[first].more["i"][-1][0] if first in rows else article.revision_id
    new_id = batch.new_story_id(first, revision)
    clusterer.part(story_id, parting.leaving, new_id)
    leaving = _leaving(parting.leaving, (story_id, new_id), rows, clusterer)
    members = {one: _member(row) for one, row in rows.items()}
    members[article.article_id] = _Member(
        article.source, article.title, features.field("entities"), features.field("saliences")
    )
    staying = [entry for entry in record["a"] if entry[0] not in leaving]
    going = [entry for entry in record["a"] if entry[0] in leaving]
    new, kept = _counted(record, going, members), _counted(record, staying, members)
    record.update({key: kept[key] for key in _COUNTED})
    for one in leaving & rows.keys():
        rows[one].more["s"] = new_id
        batch.put_article(one, rows[one])
    return Split(new_id, new, leaving)


def _leaving(
    representatives: Iterable[str],
    stories: tuple[str, str],
    rows: dict[str, ArticleRow],
    clusterer: Clusterer,
) -> set[str]:
    leaving = set(representatives)
    known = {one for story in stories for one in clusterer.groups[story].members}
    for one, row in rows.items():
        if one not in known and "r" not in row.more:
            best = clusterer.scores(packs.pack(row.features), list(stories))[0]
            leaving |= {one} if best.story_id == stories[1] else set()
    return leaving | {one for one, row in rows.items() if row.more.get("r") in leaving}


def _member(row: ArticleRow) -> _Member:
    return _Member(row.more["o"], row.more["t"], row.features.entities, row.features.saliences)


def _counted(whole: Record, entries: list[records.Entry], members: dict[str, _Member]) -> Record:
    """Return the record of some of a story's articles; names of entities are the whole's."""
    names = {entity_key(name, kind): one for one, (name, kind, _) in whole["e"].items()}
    made = records.created(entries[0][2], "")
    made["l"] = list(whole["l"])
    made["h"], made["hi"] = members[entries[0][0]].title, entries[0][0]
    for entry in entries:
        one = members[entry[0]]
        found = {
            names[key]: [*whole["e"][names[key]][:2], salience / 255]
            for key, salience in zip(one.entities.tolist(), one.saliences.tolist(), strict=True)
            if key in names
        }
        records.count(made, entry, one.source, found)
    listed = {entry[0] for entry in entries}
    made["s"] = [kept for kept in whole["s"] if kept[1] in listed]
    made["lk"] = made["n"]["o"]
    return made
