"""The shard: all that is known of one language, and the one way an article is taken in.

A decision is a pure function of the rows and the message: no clock but the articles'
own times, no chance, ids made from the articles' ids. Two workers with the same rows
answer alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from schemas.article import Status, TaggedArticle, Verdict, VerdictKind
from schemas.story import Story, StoryChange
from services.dedup import verdicts
from services.dedup.clustering.candidates import choose_keys
from services.dedup.clustering.merge_score import Model
from services.dedup.clustering.merge_score import load as load_model
from services.dedup.decision import Decision, MessageIdentity, Outcome, StoryUpdate
from services.dedup.event_clock import EventClock
from services.dedup.features import feature_batch as packs
from services.dedup.features.article_features import event_time, features
from services.dedup.features.feature_batch import Pack
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.copies import likeness
from services.dedup.near_duplicates.originals import find_original
from services.dedup.near_duplicates.window import Window, index_keys
from services.dedup.settings import DedupSettings
from services.dedup.storage import article_row as stored
from services.dedup.storage.article_row import ARTICLES, JOURNAL, STORIES, ArticleRow, Change, Rows
from services.dedup.storage.rebuild import Loading
from services.dedup.storage.row_batch import Batch
from services.dedup.stories import story_row as records
from services.dedup.stories.expiry import Upkeep, count
from services.dedup.stories.lifecycle import Stories
from services.dedup.stories.message import story_state

REMEMBERED: Final = 32
"""Revisions of an article whose verdict is kept."""
ALL_OLD: Final = 0.9
"""A copy with less than this share of its text from the original is indexed too, so that
copies of what it added are found; they still name the original."""
_NO_KEYS: Hashes = np.zeros(0, dtype=np.uint32)


class Shard:
    """The state of one language.

    The caller persists a decision's changes, in order, before it sends anything and
    before it asks for the next decision. After an exception the shard's memory may be
    ahead of the rows: make a new one and `load` it.
    """

    def __init__(self, settings: DedupSettings, rows: Rows, model: Model | None = None) -> None:
        """``rows`` reads what was persisted; ``model`` defaults to the weights that come along."""
        self._settings = settings
        self._rows = rows
        self._stories = Stories(settings, model or load_model(), self._read)
        self._frequencies = self._stories.clusterer.frequencies
        self._window = Window()
        self._serial = 0
        self._compared = 0
        self._time = EventClock()
        self._unsaved: list[Change] = []
        self._upkeep = Upkeep(settings, self._window, self._stories)

    @property
    def clock(self) -> int:
        """The latest event time taken in, in seconds since 1970."""
        return self._time.now

    @property
    def open_stories(self) -> int:
        """Stories that wait for articles."""
        return len(self._stories.open)

    @property
    def story_sizes(self) -> dict[str, int]:
        """Open stories by how many articles they have (`sizes.CLASSES`)."""
        return self._stories.sizes.counts()

    @property
    def articles(self) -> int:
        """Articles that can be found as originals."""
        return len(self._window)

    def load(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Rebuild an empty shard's memory from all rows: (table, key, row).

        A journal whose changes were not all persisted is made good: they count as
        done, and come first among the changes of the next decision.
        """
        journal = self._rows.get(ARTICLES, JOURNAL)
        made = stored.load_journal(journal) if journal else []
        self._unsaved = [one for one in made if self._rows.get(one[0], one[1]) != one[2]]
        ahead = {(table, key) for table, key, _row in self._unsaved}
        ready = [(table, key, row) for table, key, row in self._unsaved if row is not None]
        given = itertools.chain(ready, (one for one in rows if one[:2] not in ahead))
        loading = Loading(self._frequencies)
        for table, key, row in given:
            if table == STORIES:
                loading.stories.append((key, records.for_index(row)))
            elif key != JOURNAL:
                loading.add(key, row)
        loading.finish()
        self._serial = loading.fill(self._window)
        loading.stories.sort()
        for story_id, story in loading.stories:
            self._time.restore(story.touched, None)
            self._upkeep.load_story(story_id, story.touched, closed=story.closed)
        self._stories.load([one for one in loading.stories if not one[1].closed])
        if loading.latest[1]:
            anchor = stored.more_of(loading.latest[1])["g"]
            self._time.restore(loading.latest[0], tuple(anchor))
        batch = Batch(self._rows, self._time.now, self._unsaved)
        self._upkeep.load_articles(loading.names, loading.touched, batch)

    def _read(self, table: str, key: str) -> bytes | None:
        """Return a row, with what a journal made good."""
        return Batch(self._rows, 0, self._unsaved).get(table, key)

    def take(self, article: TaggedArticle, message: MessageIdentity) -> Decision:
        """Decide on one message; the caller persists the changes, then sends."""
        self._stories.clusterer.groups.pack()
        batch = Batch(self._rows, self._time.now, self._unsaved)
        known = batch.article(article.article_id)
        again = self._again(known, message, batch) if known else None
        if again is not None:
            return again
        self._compared = self._stories.compared = 0
        at, dated = event_time(article, self._settings)
        self._time.tick(at, int(article.ingested_at.timestamp()), dated=dated)
        batch.clock = self._time.now
        if article.status is Status.RETRACTED:
            verdict, story_id, touched, row = self._retract(article, known, batch)
        elif known is not None:
            verdict, story_id, touched, row = self._revise(article, known, batch)
        else:
            verdict, story_id, touched, row = self._first(article, batch)
        # What falls due is noted before the row is written, so that a redelivery names it too.
        closed = self._upkeep.run(batch, article.article_id)
        touched = list(dict.fromkeys([*touched, *closed]))
        history = row.more["i"]
        history.append(
            [
                message.revision_id,
                message.sequence,
                verdict.model_dump(mode="json", exclude_none=True),
                story_id,
                touched,
            ]
        )
        del history[:-REMEMBERED]
        row.more.update(s=story_id, g=self._time.anchor)
        batch.put_article(article.article_id, row)
        if known is None:
            self._upkeep.watch_article(article.article_id, self._time.now)
        changes = batch.changes()
        updates = _updates(touched, batch)
        self._unsaved = []
        compared = (self._compared, self._stories.compared) if known is None else None
        return Decision(Outcome.DECIDED, verdict, story_id, updates, changes, compared)

    def story(self, story_id: str) -> Story | None:
        """Return the present state of a story, from persisted rows; None where its row is gone."""
        row = self._rows.get(STORIES, story_id)
        return None if row is None else story_state(story_id, records.load(row), self._rows)

    def _again(self, known: ArticleRow, message: MessageIdentity, batch: Batch) -> Decision | None:
        """Return the answer to a message that was answered before, or brings nothing new."""
        history = known.more["i"]
        for revision_id, sequence, verdict, story_id, touched in history:
            if (revision_id, sequence) == (message.revision_id, message.sequence):
                changes = batch.changes()
                updates = _updates(touched, batch)
                self._unsaved = []
                kept = Verdict.model_validate(verdict)
                return Decision(Outcome.REDELIVERED, kept, story_id, updates, changes)
        if history[-1][0] == message.revision_id or message.sequence <= history[-1][1]:
            changes = batch.changes()
            self._unsaved = []
            return Decision(Outcome.UNCHANGED, story_id=known.more["s"], changes=changes)
        return None

    def _first(
        self, article: TaggedArticle, batch: Batch
    ) -> tuple[Verdict, str | None, list[str], ArticleRow]:
        one = features(article, self._settings)
        keys = index_keys(one)
        candidates = self._window.search(keys)
        self._compared = len(candidates)
        copied = find_original(one, candidates, batch, self._settings, self._frequencies.known)
        row = ArticleRow(one, keys, self._time.now, self._next(), _more(article))
        if copied is None:
            story_id, touched, row = self._place(article, row, batch)
            verdict = verdicts.original(one)
        else:
            verdict = copied.verdict
            row.more["r"] = verdict.copy_of
            if copied.alike.share_of_new >= ALL_OLD:
                row = replace(row, index=_NO_KEYS)
            found = self._stories.resolve(copied.story_id, batch)
            if found is None:
                story_id, touched, row = self._place(article, row, batch)
            else:
                story_id, touched = found[0], [found[0]]
                self._stories.add_copy(article, one.at, found, batch)
        self._window.add(article.article_id, row.index)
        count(self._frequencies, one)
        return verdict, story_id, touched, row

    def _place(
        self, article: TaggedArticle, row: ArticleRow, batch: Batch
    ) -> tuple[str, list[str], ArticleRow]:
        row, pack = self._with_keys(row)
        story_id, touched = self._stories.place(article, pack, batch)
        self._upkeep.watch_stories(touched, self._time.now)
        return story_id, touched, row

    def _with_keys(self, row: ArticleRow) -> tuple[ArticleRow, Pack]:
        pack = packs.pack(row.features)
        keys = choose_keys(pack, self._frequencies)
        row = replace(row, features=replace(row.features, keys=keys))
        return row, packs.with_keys(pack, keys)

    def _revise(
        self, article: TaggedArticle, known: ArticleRow, batch: Batch
    ) -> tuple[Verdict, str | None, list[str], ArticleRow]:
        more = known.more
        one = features(article, self._settings)
        alike = likeness(one, known.features)
        number, previous = more["n"] + 1, more["i"][-1][0]
        row = ArticleRow(one, index_keys(one), self._time.now, self._next(), _more(article))
        changed = [
            name
            for name, key in (("title", "t"), ("body", "b"), ("published", "p"), ("status", "st"))
            if more[key] != row.more[key]
        ]
        row.more.update(n=number, i=more["i"])
        verdict = verdicts.revision(number, previous, changed, alike)
        if "r" in more:
            row.more["r"] = more["r"]
        count(self._frequencies, known.features, gone=True)
        count(self._frequencies, one)
        copy = "r" in more and not len(known.index)
        self._window.remove(article.article_id, known.index)
        row, pack = self._with_keys(replace(row, index=_NO_KEYS) if copy else row)
        self._window.add(article.article_id, row.index)
        found = self._stories.resolve(more["s"], batch)
        if found is None:
            story_id, touched, row = self._place(article, row, batch)
            return verdict, story_id, touched, row
        if "status" in changed:
            records.restore(found[1], article.article_id, _kind(more))
        reason = f"{article.source[:200]} revised its article: {', '.join(changed) or 'details'}"
        story_id, touched = self._stories.revise(article, pack, found, reason, batch)
        self._upkeep.watch_stories([one for one in touched if one != found[0]], self._time.now)
        return verdict, story_id, touched, row

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    def _retract(
        self, article: TaggedArticle, known: ArticleRow | None, batch: Batch
    ) -> tuple[Verdict, str | None, list[str], ArticleRow]:
        if known is None:
            one = features(article, self._settings)
            row = ArticleRow(one, _NO_KEYS, self._time.now, self._next(), _more(article))
            count(self._frequencies, one)
            return verdicts.retraction(1, None), None, [], row
        more = known.more
        verdict = verdicts.retraction(more["n"] + 1, more["i"][-1][0])
        found = self._stories.resolve(more["s"], batch)
        touched = []
        if found is not None and more["st"] != Status.RETRACTED:
            self._stories.retract(article, found, batch)
            touched = [found[0]]
        self._window.remove(article.article_id, known.index)
        more.update(st=Status.RETRACTED.value, n=more["n"] + 1)
        row = ArticleRow(known.features, _NO_KEYS, self._time.now, self._next(), more)
        return verdict, found[0] if found else None, touched, row


def _more(article: TaggedArticle) -> dict[str, Any]:
    return {
        "u": article.url,
        "o": article.source,
        "t": article.title,
        "b": records.outlet_mark(article.body),
        "p": article.published.value if article.published else None,
        "st": article.status.value,
        "n": 1,
        "i": [],
        "s": None,
    }


def _kind(more: dict[str, Any]) -> VerdictKind:
    return VerdictKind.COPY if "r" in more else VerdictKind.ORIGINAL


def _updates(story_ids: Iterable[str], batch: Batch) -> tuple[StoryUpdate, ...]:
    found = ((one, batch.story(one)) for one in story_ids)
    return tuple(
        StoryUpdate(one, record["v"], StoryChange(record["c"]), record["w"])
        for one, record in found
        if record is not None
    )
