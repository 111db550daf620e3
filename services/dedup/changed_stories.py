"""The stories that a batch changes, and their messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemas.envelope import Envelope
from schemas.story import Story
from schemas.topics import STORIES
from services.dedup.decision import Decision
from services.dedup.storage.row_store import RowStore
from services.dedup.stories.message import read_story
from services.messaging.codec import encode
from services.messaging.records import OutgoingRecord


class _LastChange(NamedTuple):
    number: int
    """Place in the batch of the message that changed the story last."""
    cause: Envelope | None
    partition: int
    decisions: int
    """`RowStore.decisions` after the change."""


class ChangedStories:
    """The stories that a batch changes; each is sent once, in its last state.

    A story's message is made from the rows as they were when it last changed, and not as they
    are at the end of the batch. Later messages of the batch may have expired rows that it
    needs; the message must not depend on where one batch ends and the next begins.
    """

    def __init__(self, store: RowStore) -> None:
        self._store = store
        self._changes: dict[tuple[str, str], _LastChange] = {}

    def add(
        self, language: str, decision: Decision, number: int, cause: Envelope | None, partition: int
    ) -> None:
        """Note what a decision changed; its row changes have just been added to the store."""
        change = _LastChange(number, cause, partition, self._store.decisions)
        for update in decision.stories:
            self._changes[language, update.story_id] = change

    def __iter__(self) -> Iterator[tuple[int, str, str]]:
        """Iterate over (place in the batch of the last change, language, story id)."""
        for (language, story_id), change in self._changes.items():
            yield change.number, language, story_id

    def message(self, language: str, story_id: str) -> OutgoingRecord | None:
        """Return the message of a story as its last change left it; None if it has expired.

        Raises `Rejected` if the message does not fit the topic.
        """
        change = self._changes[language, story_id]
        self._store.partition = change.partition
        story = read_story(story_id, self._store.rows_of(language, change.decisions))
        return None if story is None else _encode(story, change.cause)


def _encode(story: Story, cause: Envelope | None) -> OutgoingRecord:
    envelope = Envelope.following(
        cause,
        STORIES,
        identified_by=(story.story_id, str(story.version)),
        source="newsloom/dedup",
        subject=story.story_id,
        time=story.latest_at,
        sequence=story.version,
    )
    return encode(STORIES, story.story_id, story, envelope)
