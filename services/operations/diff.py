"""Compare two sets of outputs made from the same articles.

`Comparison` receives the records of both sides in any order and keeps only digests, in a temporary
database on disk: some 400 bytes a message and side, so a million messages take 800 MB of disk, 64
MB of memory and some minutes. It knows records, not Kafka.

The two outcomes of a raw message are matched by its article and the millisecond at which it came
in. The revision id would not do: another cleaner that finds another text gives another id.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any, Self

import orjson

from schemas.article import EnrichedArticle
from services.messaging.dead_letters import parse
from services.messaging.records import Record
from services.operations import diff_sql

_WIDTH = 8
"""Bytes of a digest: two different values of a field are equal by chance once in 10¹⁹."""
_SHOWN = 3
_MANY = 2000
_OWN = ("article_id", "revision_id", "ingested_at", "verdict", "story_id", "entities")
_PLAIN = tuple(name for name in EnrichedArticle.model_fields if name not in _OWN)
FIELDS = ("verdict", "copy of", "entities", "mentions", *_PLAIN)
"""What is compared of an article, in the order in which digests are stored."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of the comparison.

    `compared` messages have an outcome on both sides. `fields` counts those enriched on both sides
    whose field differs, `outcomes` those whose outcome differs, as `this → that`. `moved` articles
    are grouped with others: they lie outside the best pairing of the stories of the two sides.
    `examples` names up to three articles each.
    """

    compared: int
    only: tuple[int, int]
    stories: tuple[int, int]
    placed: int
    moved: int
    fields: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def same(self) -> bool:
        """Whether everything that was compared is equal."""
        return not (self.fields or self.outcomes or self.moved)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, `same` included."""
        return {"same": self.same, **asdict(self)}


class Comparison:
    """Receives records of the sides 0 and 1 and returns a `Report`; use it as a context manager.

    With `since` only articles ingested from then on count.
    """

    def __init__(self, since: datetime | None = None) -> None:
        self._since = since
        # An empty name is SQLite's temporary database: on disk, gone when it is closed.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(diff_sql.TABLES)
        self._db.execute("BEGIN")
        self._waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add_enriched(self, side: int, record: Record) -> None:
        """Take an enriched message; the last outcome of a raw message counts."""
        try:
            article = orjson.loads(record.value or b"")
            ingested = datetime.fromisoformat(article["ingested_at"])
            when = _milliseconds(ingested)
            row = (side, article["article_id"], when, "enriched", _digests(article))
            member = (side, article["article_id"], article.get("story_id"))
        except (ValueError, KeyError, TypeError, AttributeError):
            return  # not ours
        if self._since is None or ingested >= self._since:
            self._add(diff_sql.MESSAGE, row)
            self._add(diff_sql.MEMBER, member)

    def add_dead_letter(self, side: int, record: Record) -> None:
        """Take a dead letter; it counts where the message was not enriched too."""
        letter = parse(record)
        if letter is None or letter.article_id is None:
            return
        # Later stages write the time of ingest into the envelope.
        header = dict(record.headers).get("ce_time", b"").decode("ascii", "replace")
        try:
            ingested = datetime.fromisoformat(header) if header else letter.timestamp
        except ValueError:
            ingested = letter.timestamp
        if self._since is None or ingested >= self._since:
            outcome = f"{letter.outcome}: {letter.reason}"
            row = (side, letter.article_id, _milliseconds(ingested), outcome, None)
            self._add(diff_sql.MESSAGE, row)

    def add_story(self, side: int, record: Record) -> None:
        """Take a state of a story; the last one counts."""
        try:
            story = orjson.loads(record.value or b"")
            story_id, into = story["story_id"], story.get("merged_into")
            articles = [one["article_id"] for one in story["articles"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        self._flush(diff_sql.LISTED)  # those of an earlier state may still wait
        self._db.execute(diff_sql.UNLIST, (side, story_id))
        self._db.execute(diff_sql.MERGED, (side, story_id, into))
        for article in () if into else articles:
            self._add(diff_sql.LISTED, (side, article, story_id))

    def report(self) -> Report:
        """Compare everything that was added."""
        for query in list(self._waiting):
            self._flush(query)
        self._settle_stories()
        fields: Counter[str] = Counter()
        outcomes: Counter[str] = Counter()
        examples: dict[str, list[str]] = defaultdict(list)
        for article, this, that, ours, theirs in self._db.execute(diff_sql.DIFFERING):
            if this != that:
                outcomes[f"{this} → {that}"] += 1
                changed = [f"{this} → {that}"]
            else:
                changed = list(_changed(ours, theirs))
                fields.update(changed)
            for name in changed:
                if len(examples[name]) < _SHOWN:
                    examples[name].append(article)
        moved = [article for (article,) in self._db.execute(diff_sql.MOVED)]
        if moved:
            examples["story"] = moved
        return Report(
            compared=self._count(diff_sql.COMPARED),
            only=(self._count(diff_sql.ONLY, side=0), self._count(diff_sql.ONLY, side=1)),
            stories=(self._count(diff_sql.STORIES, side=0), self._count(diff_sql.STORIES, side=1)),
            placed=self._count("SELECT count(*) FROM placed"),
            moved=self._count("SELECT count(*) FROM moved"),
            fields=dict(fields.most_common()),
            outcomes=dict(outcomes.most_common()),
            examples=dict(examples),
        )

    def _settle_stories(self) -> None:
        """Find the present story of each article, and pair the stories of the two sides."""
        for _ in range(diff_sql.LONGEST_CHAIN):
            if not self._db.execute(diff_sql.FOLLOW_MERGES).rowcount:
                break
        self._db.execute(diff_sql.FOLLOW_LISTS)
        for query in diff_sql.PAIRING:
            self._db.execute(query)

    def _add(self, query: str, row: tuple[Any, ...]) -> None:
        self._waiting[query].append(row)
        if len(self._waiting[query]) >= _MANY:
            self._flush(query)

    def _flush(self, query: str) -> None:
        if self._waiting[query]:
            self._db.executemany(query, self._waiting[query])
            self._waiting[query].clear()

    def _count(self, query: str, **values: int) -> int:
        (number,) = self._db.execute(query, values).fetchone()
        return int(number)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _digests(article: dict[str, Any]) -> bytes:
    verdict = article["verdict"]
    entities = article.get("entities") or []
    values = (
        verdict["kind"],
        verdict.get("copy_of"),
        sorted(entity["entity_id"] for entity in entities),
        [[entity["entity_id"], entity.get("mentions")] for entity in entities],
        *(article.get(name) for name in _PLAIN),
    )
    return b"".join(
        blake2b(orjson.dumps(value, option=orjson.OPT_SORT_KEYS), digest_size=_WIDTH).digest()
        for value in values
    )


def _changed(ours: bytes, theirs: bytes) -> Iterator[str]:
    for number, name in enumerate(FIELDS):
        place = slice(number * _WIDTH, (number + 1) * _WIDTH)
        if ours[place] != theirs[place]:
            yield name
