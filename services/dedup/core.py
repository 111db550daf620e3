"""The shard: everything that is known of one language, and the decision on each article.

A decision is a pure function of the rows and the message: there is no clock but the articles'
own times, no randomness, and ids are made from the articles' ids. Two workers with the same
rows decide alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import numpy as np

from schemas.article import Status, TaggedArticle, Verdict
from schemas.story import Story
from services.dedup import verdicts
from services.dedup.clustering.merge_score import MergeModel, load_model
from services.dedup.clustering.story_keys import select_story_keys
from services.dedup.decision import Decision, DecisionKind, MessageIdentity, StoryUpdate
from services.dedup.event_clock import EventClock
from services.dedup.features.article_features import ArticleFeatures, extract_features
from services.dedup.features.event_time import event_time
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.tokens import Hashes
from services.dedup.near_duplicates.article_index import ArticleIndex, fingerprint
from services.dedup.near_duplicates.copies import text_overlap
from services.dedup.near_duplicates.originals import find_original
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import (
    ArticleDetails,
    ArticleRow,
    PastDecision,
    decode_details,
)
from services.dedup.storage.journal import decode_journal
from services.dedup.storage.rebuild import RebuildCollector
from services.dedup.storage.row_batch import RowBatch
from services.dedup.storage.rows import ARTICLES, JOURNAL, STORIES, Change, Rows
from services.dedup.stories.expiry import Expiry, count_terms
from services.dedup.stories.lifecycle import StoryLifecycle
from services.dedup.stories.message import story_message
from services.dedup.stories.story_codec import decode_story, read_index_entry
from services.dedup.stories.story_row import ListedVerdict, short_hash

MAX_HISTORY: Final = 32
"""Revisions of an article whose decision is remembered."""
INDEXED_COPY_SHARE: Final = 0.9
"""A copy with less than this share of its text from the original is indexed too, so that copies
of what it added are found; they still name the original."""
_MAX_SOURCE_CHARS: Final = 200
_NO_KEYS: Hashes = np.zeros(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was decided on an article."""

    verdict: Verdict
    story_id: str | None
    changed: list[str]
    """Ids of the stories that changed."""
    row: ArticleRow


class Shard:
    """The state of one language.

    The caller persists a decision's changes, in order, before it sends anything and before it
    asks for the next decision. After an exception the shard's memory may be ahead of the rows:
    make a new shard and `load` it.
    """

    def __init__(
        self, settings: DedupSettings, rows: Rows, model: MergeModel | None = None
    ) -> None:
        """Make an empty shard that reads persisted rows from `rows`.

        `model` defaults to the weights that the package ships.
        """
        self._settings = settings
        self._rows = rows
        self._stories = StoryLifecycle(settings, model or load_model(), self._read)
        self._frequencies = self._stories.clusterer.frequencies
        self._window = ArticleIndex()
        self._serial = 0
        self._compared = 0
        self._clock = EventClock()
        self._unsaved: list[Change] = []
        self._expiry = Expiry(settings, self._window, self._stories)

    @property
    def clock(self) -> int:
        """The latest event time, in seconds since 1970."""
        return self._clock.now

    @property
    def open_stories(self) -> int:
        """How many stories are open."""
        return len(self._stories.open)

    @property
    def story_sizes(self) -> dict[str, int]:
        """Open stories by how many articles they have (`story_sizes.SIZE_CLASSES`)."""
        return self._stories.sizes.counts()

    @property
    def articles(self) -> int:
        """How many articles can be found as originals."""
        return len(self._window)

    def load(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Rebuild an empty shard's memory from all rows, given as (table, key, row).

        If the changes in the journal were not all persisted, they are applied here and come
        first among the changes of the next decision.
        """
        journal = self._rows.get(ARTICLES, JOURNAL)
        changes = decode_journal(journal) if journal else []
        self._unsaved = [one for one in changes if self._rows.get(one[0], one[1]) != one[2]]
        replaced = {(table, key) for table, key, _row in self._unsaved}
        applied = [(table, key, row) for table, key, row in self._unsaved if row is not None]
        collector = RebuildCollector(self._frequencies)
        remaining = (one for one in rows if one[:2] not in replaced)
        for table, key, row in itertools.chain(applied, remaining):
            if table == STORIES:
                collector.stories.append((key, read_index_entry(row)))
            elif key != JOURNAL:
                collector.add_article(key, row)
        collector.finish()
        self._rebuild(collector)

    def _rebuild(self, collector: RebuildCollector) -> None:
        self._serial = collector.fill(self._window)
        collector.stories.sort()
        for story_id, entry in collector.stories:
            self._clock.restore(entry.touched, None)
            self._expiry.load_story(story_id, entry.touched, closed=entry.closed)
        self._stories.load([one for one in collector.stories if not one[1].closed])
        touched, row = collector.latest
        if row:
            self._clock.restore(touched, decode_details(row).clock_anchor)
        batch = RowBatch(self._rows, self._clock.now, self._unsaved)
        self._expiry.load_articles(collector.article_ids, collector.touched, batch)

    def _read(self, table: str, key: str) -> bytes | None:
        """Return a row, with the changes of a journal applied."""
        return RowBatch(self._rows, 0, self._unsaved).get(table, key)

    def decide(self, article: TaggedArticle, message: MessageIdentity) -> Decision:
        """Decide on one message; the caller persists the changes, then sends."""
        self._stories.clusterer.stories.evict()
        batch = RowBatch(self._rows, self._clock.now, self._unsaved)
        known = batch.article(article.article_id)
        repeated = self._repeated_decision(known, message, batch) if known else None
        if repeated is not None:
            return repeated
        self._compared = self._stories.compared = 0
        at, dated = event_time(article, self._settings)
        self._clock.advance(at, int(article.ingested_at.timestamp()), dated=dated)
        batch.clock = self._clock.now
        if article.status is Status.RETRACTED:
            outcome = self._retract(article, known, batch)
        elif known is not None:
            outcome = self._revise(article, known, batch)
        else:
            outcome = self._decide_new(article, batch)
        # Expiry runs before the row is written, so that a redelivery names the same stories.
        closed = self._expiry.run_due(batch, article.article_id)
        changed = list(dict.fromkeys([*outcome.changed, *closed]))
        self._remember(outcome, message, changed)
        batch.put_article(article.article_id, outcome.row)
        if known is None:
            self._expiry.schedule_article(article.article_id, self._clock.now)
        return Decision(
            DecisionKind.DECIDED,
            outcome.verdict,
            outcome.story_id,
            _story_updates(changed, batch),
            self._changes(batch),
            (self._compared, self._stories.compared) if known is None else None,
        )

    def _remember(self, outcome: _Outcome, message: MessageIdentity, changed: list[str]) -> None:
        """Note the decision in the article's row, to answer a redelivery in the same way."""
        details = outcome.row.details
        verdict = msgspec.Raw(outcome.verdict.model_dump_json(exclude_none=True).encode())
        details.history.append(
            PastDecision(message.revision_id, message.sequence, verdict, outcome.story_id, changed)
        )
        del details.history[:-MAX_HISTORY]
        details.story_id = outcome.story_id
        details.clock_anchor = self._clock.anchor

    def _changes(self, batch: RowBatch) -> tuple[Change, ...]:
        """Return the batch's changes; those that a journal brought are among them."""
        self._unsaved = []
        return batch.changes()

    def story(self, story_id: str) -> Story | None:
        """Return a story's present state from the persisted rows; None if its row has expired."""
        row = self._rows.get(STORIES, story_id)
        return None if row is None else story_message(story_id, decode_story(row), self._rows)

    def _repeated_decision(
        self, known: ArticleRow, message: MessageIdentity, batch: RowBatch
    ) -> Decision | None:
        """Return the answer to a message that was answered before or brings nothing new."""
        history = known.details.history
        for past in history:
            if (past.revision_id, past.sequence) == (message.revision_id, message.sequence):
                verdict = Verdict.model_validate_json(bytes(past.verdict))
                updates = _story_updates(past.changed_stories, batch)
                return Decision(
                    DecisionKind.REDELIVERED, verdict, past.story_id, updates, self._changes(batch)
                )
        last = history[-1]
        if last.revision_id == message.revision_id or message.sequence <= last.sequence:
            story_id = known.details.story_id
            return Decision(DecisionKind.UNCHANGED, story_id=story_id, changes=self._changes(batch))
        return None

    def _decide_new(self, article: TaggedArticle, batch: RowBatch) -> _Outcome:
        """Decide whether a new article is an original or a copy, and assign it to a story."""
        features = extract_features(article, self._settings)
        keys = fingerprint(features)
        candidates = self._window.search(keys)
        self._compared = len(candidates)
        match = find_original(
            features, candidates, batch, self._settings, self._frequencies.is_known
        )
        row = self._new_row(article, features, keys)
        if match is None:
            outcome = self._assign_story(article, row, verdicts.original(features), batch)
        else:
            verdict = verdicts.copy(match.copy_kind, match.article_id, match.overlap)
            row.details.copy_of = match.article_id
            if match.overlap.share_of_new >= INDEXED_COPY_SHARE:
                row = replace(row, index=_NO_KEYS)
            story = self._stories.resolve(match.story_id, batch)
            if story is None:
                outcome = self._assign_story(article, row, verdict, batch)
            else:
                self._stories.add_copy(article, features.event_time, story, batch)
                outcome = _Outcome(verdict, story[0], [story[0]], row)
        self._window.add(article.article_id, outcome.row.index)
        count_terms(self._frequencies, features)
        return outcome

    def _new_row(
        self, article: TaggedArticle, features: ArticleFeatures, keys: Hashes
    ) -> ArticleRow:
        self._serial += 1
        return ArticleRow(features, keys, self._clock.now, self._serial, _details(article))

    def _assign_story(
        self, article: TaggedArticle, row: ArticleRow, verdict: Verdict, batch: RowBatch
    ) -> _Outcome:
        row, features = self._with_story_keys(row)
        story_id, changed = self._stories.assign(article, features, batch)
        self._expiry.schedule_stories(changed, self._clock.now)
        return _Outcome(verdict, story_id, changed, row)

    def _with_story_keys(self, row: ArticleRow) -> tuple[ArticleRow, FeatureBatch]:
        """Choose the keys under which the article's story is found; return them in both forms."""
        features = FeatureBatch.from_features(row.features)
        keys = select_story_keys(features, self._frequencies)
        row = replace(row, features=replace(row.features, story_keys=keys))
        return row, features.with_story_keys(keys)

    def _revise(self, article: TaggedArticle, known: ArticleRow, batch: RowBatch) -> _Outcome:
        """Decide on a new revision of a known article."""
        features = extract_features(article, self._settings)
        row = self._new_row(article, features, fingerprint(features))
        old, new = known.details, row.details
        changed = _changed_fields(old, new)
        new.revision = old.revision + 1
        new.history = old.history
        new.copy_of = old.copy_of
        verdict = verdicts.revision(
            new.revision,
            old.history[-1].revision_id,
            changed,
            text_overlap(features, known.features),
        )
        count_terms(self._frequencies, known.features, remove=True)
        count_terms(self._frequencies, features)
        is_unindexed_copy = old.copy_of is not None and not len(known.index)
        self._window.remove(article.article_id, known.index)
        row, with_story_keys = self._with_story_keys(
            replace(row, index=_NO_KEYS) if is_unindexed_copy else row
        )
        self._window.add(article.article_id, row.index)
        story = self._stories.resolve(old.story_id, batch)
        if story is None:
            return self._assign_story(article, row, verdict, batch)
        if "status" in changed:
            story[1].restore_article(article.article_id, _listed_verdict(old))
        source = article.source[:_MAX_SOURCE_CHARS]
        reason = f"{source} revised its article: {', '.join(changed) or 'details'}"
        story_id, stories = self._stories.revise(article, with_story_keys, story, reason, batch)
        self._expiry.schedule_stories([one for one in stories if one != story[0]], self._clock.now)
        return _Outcome(verdict, story_id, stories, row)

    def _retract(
        self, article: TaggedArticle, known: ArticleRow | None, batch: RowBatch
    ) -> _Outcome:
        """Decide on a retraction, of a known article or of one that never came."""
        if known is None:
            features = extract_features(article, self._settings)
            row = self._new_row(article, features, _NO_KEYS)
            count_terms(self._frequencies, features)
            return _Outcome(verdicts.retraction(1, None), None, [], row)
        details = known.details
        verdict = verdicts.retraction(details.revision + 1, details.history[-1].revision_id)
        story = self._stories.resolve(details.story_id, batch)
        changed = []
        if story is not None and details.status != Status.RETRACTED:
            self._stories.retract(article, story, batch)
            changed = [story[0]]
        self._window.remove(article.article_id, known.index)
        details.status = Status.RETRACTED.value
        details.revision += 1
        self._serial += 1
        row = ArticleRow(known.features, _NO_KEYS, self._clock.now, self._serial, details)
        return _Outcome(verdict, story[0] if story else None, changed, row)


def _details(article: TaggedArticle) -> ArticleDetails:
    return ArticleDetails(
        url=article.url,
        source=article.source,
        title=article.title,
        body_hash=short_hash(article.body),
        published=article.published.value if article.published else None,
        status=article.status.value,
        revision=1,
        history=[],
        story_id=None,
    )


def _changed_fields(old: ArticleDetails, new: ArticleDetails) -> list[str]:
    compared = (
        ("title", old.title, new.title),
        ("body", old.body_hash, new.body_hash),
        ("published", old.published, new.published),
        ("status", old.status, new.status),
    )
    return [name for name, before, after in compared if before != after]


def _listed_verdict(details: ArticleDetails) -> ListedVerdict:
    return ListedVerdict.COPY if details.copy_of is not None else ListedVerdict.ORIGINAL


def _story_updates(story_ids: Iterable[str], batch: RowBatch) -> tuple[StoryUpdate, ...]:
    found = ((one, batch.story(one)) for one in story_ids)
    return tuple(
        StoryUpdate(one, row.version, row.change, row.reason)
        for one, row in found
        if row is not None
    )
