"""A story's row: its state, and how an article, a merge or a split changes it.

The row is a plain dictionary, as JSON has it, with short keys since it is written with
every article: `v` version, `c` change, `w` why, `h` headline, `a` articles
[id, verdict, time], `n` counts by verdict, `o` outlets, `l` languages, `e` entities
{id: [name, type, sum of salience]}, `t` start and latest time, `m` merged into, `r`
representatives [id, centrality], `s` summary [sentence, article], `g` growth [width in
seconds, {stretch: articles}], `sf` split from, `si` split into, `lk` originals when it was
last seen whether it falls apart, `x` when last touched (shard's clock), `z` closed.
Beside it `k`, as bytes, the keys under which each
representative is found: they stand before the JSON, with what else an index needs, so
that it is rebuilt without reading that.
"""

from __future__ import annotations

import struct
from array import array
from hashlib import sha256
from typing import Any, Final, NamedTuple

import orjson

from schemas.article import TaggedArticle, VerdictKind
from schemas.story import StoryChange
from services.dedup.stories.summary_sentences import MOST, adds, lead_sentences

Record = dict[str, Any]
Entry = list[Any]
"""An article in a story's record: id, letter of its verdict, time."""

VERSION: Final = 2
_HEAD = struct.Struct("<BqBIB")

MAX_ARTICLES: Final = 1000
MAX_ARTICLE_BYTES: Final = 60_000
MAX_OUTLETS: Final = 1500
MAX_ENTITIES: Final = 60
MAX_STRETCHES: Final = 100
GONE_ARTICLES: Final = 50
"""Articles that a merged story's last state still lists."""
_HOUR = 3600
_LETTERS = {VerdictKind.ORIGINAL: "o", VerdictKind.COPY: "c", VerdictKind.RETRACTION: "x"}
KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}


def new_story_id(article_id: str, revision_id: str) -> str:
    """Return a story's id, made from its first article's ids."""
    return "s-" + sha256(f"{article_id}\0{revision_id}".encode()).hexdigest()[:32]


def outlet_mark(source: str) -> str:
    """Return a short mark that tells outlets apart."""
    return sha256(source.encode()).hexdigest()[:8]


def created(at: int, reason: str) -> Record:
    """Return a story without articles yet."""
    return {
        "v": 0, "c": StoryChange.CREATED.value, "w": reason, "h": "", "a": [],
        "n": {"o": 0, "c": 0, "x": 0}, "o": [], "l": [], "e": {}, "t": [at, at],
        "m": None, "r": [], "k": [], "s": [], "g": [_HOUR, {}], "sf": None, "si": [],
        "lk": 0, "x": 0, "z": False,
    }  # fmt: skip


def changed(record: Record, change: StoryChange, reason: str, clock: int) -> None:
    """Return a new version, and why."""
    record["v"] += 1
    record["c"] = change.value
    record["w"] = reason[:2000]
    record["x"] = clock


def add_article(record: Record, article: TaggedArticle, kind: VerdictKind, at: int) -> None:
    """Count an article in."""
    entities = {e.entity_id: [e.name, e.type.value, e.salience] for e in article.entities[:30]}
    count(record, [article.article_id, _LETTERS[kind], at], article.source, entities)
    if article.language not in record["l"] and len(record["l"]) < 50:  # noqa: PLR2004 - the contract's limit
        record["l"].append(article.language)
    if kind is VerdictKind.ORIGINAL:
        add_sentences(record, article)
    if not record["h"]:
        record["h"] = article.title


def count(record: Record, entry: Entry, source: str, entities: dict[str, list[Any]]) -> None:
    """Add an article to what is summed up over articles; a copy's entities are not."""
    _article_id, letter, at = entry
    _list_article(record, entry)
    record["n"][letter] += 1
    record["t"] = [min(record["t"][0], at), max(record["t"][1], at)]
    _add_outlets(record, [outlet_mark(source)])
    _grow(record, at, 1)
    if letter != _LETTERS[VerdictKind.COPY]:
        _add_entities(record, entities)


def add_sentences(record: Record, article: TaggedArticle) -> None:
    """Take sentences of an article into the summary, where they add something."""
    room = MOST - len(record["s"])
    if room <= 0:
        return
    # One article fills no more than two places, so that another's view has room.
    for sentence in lead_sentences(article.body, min(room, MOST - 1)):
        if adds(sentence, [text for text, _article in record["s"]]):
            record["s"].append([sentence, article.article_id])


def drop_article(record: Record, article_id: str) -> None:
    """Take an article out again: it belongs to another story."""
    for i, (listed, letter, _at) in enumerate(record["a"]):
        if listed == article_id:
            record["n"][letter] -= 1
            del record["a"][i]
            break
    record["s"] = [kept for kept in record["s"] if kept[1] != article_id]


def retract(record: Record, article_id: str) -> None:
    """Mark an article as withdrawn; its sentences leave the summary."""
    for entry in record["a"]:
        if entry[0] == article_id and entry[1] != "x":
            record["n"][entry[1]] -= 1
            record["n"]["x"] += 1
            entry[1] = "x"
    record["s"] = [kept for kept in record["s"] if kept[1] != article_id]


def restore(record: Record, article_id: str, kind: VerdictKind) -> None:
    """Return a withdrawn article stands again."""
    for entry in record["a"]:
        if entry[0] == article_id and entry[1] == "x":
            record["n"]["x"] -= 1
            entry[1] = _LETTERS[kind]
            record["n"][entry[1]] += 1


def absorb(kept: Record, gone: Record) -> None:
    """Take another story's articles, counts and summary in."""
    room = sorted(kept["a"] + gone["a"], key=lambda entry: (entry[2], entry[0]))
    kept["a"] = []
    for entry in room:
        _list_article(kept, entry)
    for letter, count in gone["n"].items():
        kept["n"][letter] += count
    kept["t"] = [min(kept["t"][0], gone["t"][0]), max(kept["t"][1], gone["t"][1])]
    _add_outlets(kept, gone["o"])
    kept["l"] += [language for language in gone["l"] if language not in kept["l"]]
    _add_entities(kept, gone["e"])
    for stretch, count in gone["g"][1].items():
        _grow(kept, int(stretch) * gone["g"][0], count)
    for sentence, article_id in gone["s"]:
        if len(kept["s"]) < MOST and adds(sentence, [text for text, _ in kept["s"]]):
            kept["s"].append([sentence, article_id])


def article_count(record: Record) -> int:
    """Articles of all verdicts."""
    return sum(record["n"].values())


def dump(record: Record) -> bytes:
    """Return a story's row as bytes."""
    keys = record.pop("k")
    told = orjson.dumps(record)
    record["k"] = keys
    head = _HEAD.pack(VERSION, record["x"], record["z"], article_count(record), len(keys))
    sizes = array("H", map(len, keys)).tobytes()
    return b"".join((head, sizes, *keys, told))


def load(row: bytes) -> Record:
    """Return a story's row from bytes.

    Raises `ValueError` when another version of the format wrote it.
    """
    version, _touched, _closed, _articles, count = _HEAD.unpack_from(row)
    if version != VERSION:
        raise ValueError(f"a story row of format {version}, not {VERSION}")
    at = _HEAD.size + 2 * count
    keys = []
    for size in array("H", row[_HEAD.size : at]):
        keys.append(row[at : at + size])
        at += size
    found: Record = orjson.loads(memoryview(row)[at:])
    found["k"] = keys
    return found


class ForIndex(NamedTuple):
    """What an index needs of a story."""

    touched: int
    closed: bool
    articles: int
    members: int
    """Representatives."""
    keys: bytes
    """All keys of its representatives."""


def for_index(row: bytes) -> ForIndex:
    """Return what an index needs of a story's row."""
    _version, touched, closed, articles, count = _HEAD.unpack_from(row)
    at = _HEAD.size + 2 * count
    keys = row[at : at + sum(array("H", row[_HEAD.size : at]))]
    return ForIndex(touched, bool(closed), articles, count, keys)


def _list_article(record: Record, entry: list[Any]) -> None:
    listed = record["a"]
    # An id is mostly 32 letters; the bytes count only when ids may be longer.
    if len(listed) < MAX_ARTICLES and len(listed) * (len(entry[0]) + 20) < MAX_ARTICLE_BYTES:
        listed.append(entry)


def _add_outlets(record: Record, marks: list[str]) -> None:
    known = set(record["o"])
    for mark in marks:
        if mark not in known and len(record["o"]) < MAX_OUTLETS:
            record["o"].append(mark)
            known.add(mark)


def _add_entities(record: Record, found: dict[str, list[Any]]) -> None:
    entities = record["e"]
    for entity_id, (name, kind, salience) in found.items():
        old = entities.get(entity_id)
        total = round((old[2] if old else 0.0) + salience, 4)
        entities[entity_id] = [old[0] if old else name, kind, total]
    if len(entities) > MAX_ENTITIES:
        heaviest = sorted(entities.items(), key=lambda item: (-item[1][2], item[0]))
        record["e"] = dict(heaviest[:MAX_ENTITIES])


def _grow(record: Record, at: int, count: int) -> None:
    width, stretches = record["g"]
    stretch = str(at // width)
    stretches[stretch] = stretches.get(stretch, 0) + count
    while len(stretches) > MAX_STRETCHES:
        width *= 2
        wider: dict[str, int] = {}
        for old, articles in stretches.items():
            wider[str(int(old) // 2)] = wider.get(str(int(old) // 2), 0) + articles
        stretches = wider
    record["g"] = [width, stretches]
