"""The shard: everything that is known of one language, and the decision on each article.

A decision is a pure function of the rows and the message: there is no clock but the articles'
own times, no randomness, and ids are made from the articles' ids. Two workers with the same
rows decide alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from schemas.article import Status, TaggedArticle, Verdict
from schemas.story import Story
from services.dedup.article_changes import changed_fields, complete_fields
from services.dedup.article_decisions import (
    ArticleDecision,
    decide_new,
    decide_retraction,
    decide_revision,
)
from services.dedup.clustering.merge_score import MergeModel, load_model
from services.dedup.decision import Decision, DecisionKind, MessageIdentity, StoryUpdate
from services.dedup.entity_resolution.resolution import Resolution, resolve_entities
from services.dedup.features.event_time import event_time
from services.dedup.settings import DedupSettings
from services.dedup.shard_state import ShardState
from services.dedup.storage.article_row import ArticleRow, PastDecision
from services.dedup.storage.row_batch import RowBatch
from services.dedup.storage.rows import Change, Rows
from services.dedup.stories.message import read_story

MAX_HISTORY: Final = 32
"""Revisions of an article whose decision is remembered."""


class Shard:
    """The state of one language.

    The caller persists a decision's changes, in order, before it sends anything and before it
    asks for the next decision. A decision that is not persisted is undone with `rollback`, and
    so is one that raised an exception.
    """

    def __init__(
        self, settings: DedupSettings, rows: Rows, model: MergeModel | None = None
    ) -> None:
        """Make an empty shard that reads persisted rows from `rows`.

        `model` defaults to the weights that the package ships.
        """
        self._state = ShardState(settings, rows, model or load_model())

    @property
    def clock(self) -> int:
        """The latest event time, in seconds since 1970."""
        return self._state.clock.now

    @property
    def open_stories(self) -> int:
        """How many stories are open."""
        return len(self._state.stories.writer.open)

    @property
    def story_sizes(self) -> dict[str, int]:
        """Open stories by how many articles they have (`story_sizes.SIZE_CLASSES`)."""
        return self._state.stories.writer.sizes.counts()

    @property
    def articles(self) -> int:
        """How many articles can be found as originals."""
        return len(self._state.window)

    def load(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Rebuild an empty shard's memory from all rows, given as (table, key, row).

        If the changes in the journal were not all persisted, they are applied here and come
        first among the changes of the next decision.
        """
        self._state.load(rows)

    def decide(self, article: TaggedArticle, message: MessageIdentity) -> Decision:
        """Decide on one message; the caller persists the changes, then sends."""
        state = self._state
        state.savepoint()
        state.stories.clusterer.stories.evict()
        batch = state.batch()
        known = batch.article(article.article_id)
        changed = changed_fields(known.details, article) if known else []
        if known is not None:
            repeated = self._repeated_decision(known, article, message, changed, batch)
            if repeated is not None:
                return repeated
        state.compared_originals = state.stories.compared = 0
        at, dated = event_time(article, state.settings)
        state.clock.advance(at, int(article.ingested_at.timestamp()), dated=dated)
        batch.clock = state.clock.now
        if article.status is Status.RETRACTED:
            decided = decide_retraction(state, article, known, changed, batch)
        elif known is not None:
            decided = decide_revision(state, article, known, changed, batch)
        else:
            decided = decide_new(state, article, batch)
        # Expiry runs before the row is written, so that a redelivery names the same stories.
        closed = state.expiry.run_due(batch, article.article_id)
        stories = list(dict.fromkeys([*decided.changed, *closed]))
        story = batch.story(decided.story_id) if decided.story_id else None
        resolutions = resolve_entities(article, story.named_entities()) if story else ()
        self._remember(decided, message, stories, resolutions)
        batch.put_article(article.article_id, decided.row)
        if known is None:
            state.expiry.schedule_article(article.article_id, state.clock.now)
        return Decision(
            DecisionKind.DECIDED,
            decided.verdict,
            decided.story_id,
            message.revision_id,
            resolutions,
            _story_updates(stories, batch),
            self._changes(batch),
            (state.compared_originals, state.stories.compared) if known is None else None,
        )

    @property
    def mark(self) -> int:
        """The mark for `rollback`; read it before `decide` is called."""
        return self._state.savepoints

    def rollback(self, mark: int) -> None:
        """Undo the call of `decide` since a mark, whose changes have not been persisted.

        A call that failed before it had begun is ignored: the decision before it is persisted.
        The cost is that of reading the rows of the stories concerned. An exception, of any type,
        means that the shard is not usable any more: make a new one and `load` it.
        """
        if self._state.savepoints != mark:
            self._state.rollback()

    def _remember(
        self,
        decided: ArticleDecision,
        message: MessageIdentity,
        changed: list[str],
        resolutions: tuple[Resolution, ...],
    ) -> None:
        """Note the decision in the article's row, to answer a redelivery in the same way."""
        details = decided.row.details
        verdict = msgspec.Raw(decided.verdict.model_dump_json(exclude_none=True).encode())
        details.history.append(
            PastDecision(message.revision_id, message.sequence, verdict, decided.story_id, changed)
        )
        del details.history[:-MAX_HISTORY]
        if resolutions:
            details.resolutions[message.sequence] = resolutions
        remembered = {past.sequence for past in details.history}
        details.resolutions = {
            sequence: found
            for sequence, found in details.resolutions.items()
            if sequence in remembered
        }
        details.story_id = decided.story_id
        details.clock_anchor = self._state.clock.anchor

    def _changes(self, batch: RowBatch) -> tuple[Change, ...]:
        """Return the batch's changes; those that a journal brought are among them."""
        self._state.unsaved = []
        return batch.changes()

    def story(self, story_id: str) -> Story | None:
        """Return a story's present state from the persisted rows; None if its row has expired."""
        return read_story(story_id, self._state.rows)

    def _repeated_decision(
        self,
        known: ArticleRow,
        article: TaggedArticle,
        message: MessageIdentity,
        changed: list[str],
        batch: RowBatch,
    ) -> Decision | None:
        """Return the answer to a message that was answered before or brings nothing new."""
        last = known.details.history[-1]
        for past in known.details.history:
            # Another version of cleaning may have given the same message another revision id.
            same = past.revision_id == message.revision_id or (past is last and not changed)
            if same and past.sequence == message.sequence:
                verdict = Verdict.model_validate_json(bytes(past.verdict))
                return Decision(
                    DecisionKind.REDELIVERED,
                    verdict,
                    past.story_id,
                    past.revision_id,
                    known.details.resolutions.get(past.sequence, ()),
                    _story_updates(past.changed_stories, batch),
                    self._changes(batch),
                )
        outdated = message.sequence <= last.sequence
        if changed and not outdated and last.revision_id != message.revision_id:
            return None
        if not changed and not outdated and complete_fields(known.details, article):
            batch.put_article(article.article_id, known)
        story_id = known.details.story_id
        return Decision(DecisionKind.UNCHANGED, story_id=story_id, changes=self._changes(batch))


def _story_updates(story_ids: Iterable[str], batch: RowBatch) -> tuple[StoryUpdate, ...]:
    found = ((one, batch.story(one)) for one in story_ids)
    return tuple(
        StoryUpdate(one, row.version, row.change, row.reason)
        for one, row in found
        if row is not None
    )
