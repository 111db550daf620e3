"""The incremental clusterer: one decision a time, over the open stories.

It knows stories by representatives, the first and the latest originals, so that the
cost of a decision does not grow with a story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from services.dedup.clustering.bipartition import LEAST, Parting, two_groups
from services.dedup.clustering.candidates import StoryIndex
from services.dedup.clustering.comparison import COLUMNS, SHARED_TEXT, Comparer, Matrix
from services.dedup.clustering.merge_score import INPUTS, Model, log_odds, probability, story_inputs
from services.dedup.clustering.open_stories import Group, Groups
from services.dedup.clustering.same_speaker import HIGHEST, other_occasion, rests_on_one_speaker
from services.dedup.features import feature_batch as packs
from services.dedup.features.document_frequency import Frequencies
from services.dedup.features.feature_batch import Pack
from services.dedup.features.recurring_template import SAME_FORM, another_instalment
from services.dedup.settings import DedupSettings

FIRST: Final = 4
LATEST: Final = 4
"""A story is represented by its first four and its latest four originals."""
_BODY, _GRAMS = COLUMNS.index("body"), COLUMNS.index("grams")
_NOT_COMPARED: Final = ("grams", "quoted", "keys")
"""What is not needed of all candidates at once; of the shingles see `_fill_shared_text`."""


class Apart(StrEnum):
    """Why an article is not of a story, however alike they are."""

    OCCASION = "the same speaker as in another story, but on another occasion"
    INSTALMENT = "another instalment of its outlet's series"


@dataclass(frozen=True, slots=True)
class Match:
    """How an article fits one story."""

    story_id: str
    score: float
    """Probability that it belongs, from 0 to 1."""
    apart: Apart | None
    inputs: Matrix
    """What the score was made from: one value for each of `model.INPUTS`."""
    likeness: Matrix
    """Likeness of the body to each representative."""


class Clusterer:
    """Open stories, and how well an article or another story fits them."""

    def __init__(
        self,
        settings: DedupSettings,
        model: Model,
        unpack: Callable[[str], Group | None] | None = None,
        *,
        every_input: bool = False,
    ) -> None:
        """``unpack`` reads an open story from rows.

        ``every_input`` for training: fill also the inputs that the model gives no weight.
        """
        self._settings = settings
        self._model = model
        shared = [model.weights[INPUTS.index(name)] for name in SHARED_TEXT]
        self._shared_text = every_input or any(shared)
        self.frequencies = Frequencies(model.common_words)
        self._comparer = Comparer(self.frequencies)
        self._index = StoryIndex()
        self.groups = Groups(unpack)

    def matches(self, article: Pack, also: Iterable[str] = ()) -> list[Match]:
        """Return the stories an article might belong to, best first; ``also`` adds some."""
        most, least = self._settings.candidates, self._settings.candidate_share
        found = self._index.search(article.field("keys"), most, least)
        found += [one for one in also if one in self.groups and one not in found]
        return self.scores(article, found)

    def scores(self, article: Pack, story_ids: list[str]) -> list[Match]:
        """How an article fits the named open stories, best first."""
        made = self._fits(article, [(one, self.groups[one].features) for one in story_ids])
        return sorted(made, key=lambda match: (-match.score, match.story_id))

    def _fits(self, article: Pack, groups: Sequence[tuple[str, Pack]]) -> list[Match]:
        """How an article fits groups of articles, each with a name; in order."""
        if not groups:
            return []
        parts = [features for _name, features in groups]
        many = packs.join(parts, without=_NOT_COMPARED)
        pairs = self._comparer.pairs(article, many)
        sizes = [len(features) for features in parts]
        form = self._comparer.form(article, many)
        needed = rests_on_one_speaker(article, many, pairs) | (form >= SAME_FORM)
        self._fill_shared_text(article, parts, needed, pairs)
        inputs = story_inputs(pairs, sizes)
        odds = self._model.log_odds(inputs)
        signs = other_occasion(article, many, pairs)
        series = another_instalment(form, pairs[:, _GRAMS])
        made, start = [], 0
        for i, ((name, _features), size) in enumerate(zip(groups, sizes, strict=True)):
            its = slice(start, start + size)
            apart = Apart.INSTALMENT if series[its].any() else None
            if signs[its].max() > 0 and signs[its].min() >= 0:
                apart = Apart.OCCASION
            score = probability(float(odds[i]))
            score = min(score, HIGHEST) if apart else score
            made.append(Match(name, score, apart, inputs[i], pairs[its, _BODY]))
            start += size
        return made

    def _fill_shared_text(
        self,
        article: Pack,
        parts: list[Pack],
        needed: npt.NDArray[np.bool_],
        pairs: Matrix,
    ) -> None:
        """Compare shingles, the longest lists of all, where the answer depends on them."""
        if not self._shared_text and not needed.any():
            return
        start = 0
        for features in parts:
            end = start + len(features)
            if self._shared_text or needed[start:end].any():
                self._comparer.shared_text(article, features, pairs[start:end])
            start = end

    def create(self, story_id: str, article_id: str, article: Pack) -> None:
        """Open a story with its first article."""
        self.groups[story_id] = Group([article_id], article, [0.0])
        self._index.add(story_id, article.field("keys"))

    def join(
        self, story_id: str, article_id: str, article: Pack, likeness: Matrix | None = None
    ) -> None:
        """Add an article to a story; one of the middle representatives makes room.

        ``likeness`` is that of its `Match` with the story, where there is one.
        """
        group = self.groups[story_id]
        if likeness is None:
            likeness = self._comparer.pairs(article, group.features)[:, _BODY]
        group.central = [
            round(old + float(more), 4) for old, more in zip(group.central, likeness, strict=True)
        ]
        group.members.append(article_id)
        group.features = packs.join([group.features, article])
        group.central.append(round(float(likeness.sum()), 4))
        self._index.add(story_id, article.field("keys"))
        if len(group.members) > FIRST + LATEST:
            self.leave(story_id, FIRST)

    def leave(self, story_id: str, index: int) -> None:
        """Return a representative no longer stands for its story."""
        group = self.groups[story_id]
        self._index.drop_keys(story_id, group.features.only(index).field("keys"))
        group.features = group.features.without(index)
        del group.members[index], group.central[index]

    def load(self, stories: Sequence[tuple[str, bytes]]) -> None:
        """Open stories, none being open yet, with all keys of their representatives."""
        self._index.add_many(stories)
        self.groups.add_packed([story_id for story_id, _keys in stories])

    def close(self, story_id: str) -> None:
        """Forget a story: nothing joins it any more."""
        if self.groups.discard(story_id):
            self._index.remove(story_id)

    def merge(self, kept: str, gone: str) -> None:
        """Let one story's representatives stand for another too."""
        group = self.groups[gone]
        parts = [(m, group.features.only(i)) for i, m in enumerate(group.members)]
        self.close(gone)
        for article_id, article in parts:
            self.join(kept, article_id, article)

    def merge_score(self, one: str, other: str) -> float:
        """How well the smaller story's articles would fit the larger, were they to come now."""
        large, small = sorted((one, other), key=lambda s: (-len(self.groups[s].members), s))
        return self._together(self.groups[small].features, self.groups[large].features)

    def _together(self, some: Pack, others: Pack) -> float:
        """How well each of some articles fits a group of others, on average of log-odds."""
        fits = [self._fits(some.only(i), [("", others)])[0] for i in range(len(some))]
        return probability(float(np.mean([log_odds(fit.score) for fit in fits])))

    def falls_apart(self, story_id: str) -> Parting | None:
        """Whether a story's representatives are two groups that have little in common.

        Both must be two at least, hold together as well as an article that joins, and
        fit each other badly both ways. The smaller, of equals the later, is to leave.
        """
        group = self.groups[story_id]
        if len(group.members) < 2 * LEAST:
            return None
        singly = [group.features.only(i) for i in range(len(group.members))]
        named = [(str(i), one) for i, one in enumerate(singly)]
        links = np.array([[log_odds(m.score) for m in self._fits(one, named)] for one in singly])
        stay, leave = two_groups((links + links.T) / 2)
        if len(leave) < LEAST:
            return None
        parts = [packs.join([singly[i] for i in part]) for part in (stay, leave)]
        across = max(self._together(parts[0], parts[1]), self._together(parts[1], parts[0]))
        if across >= self._settings.part_score:
            return None
        inside = [np.mean([self._fits_rest(part, i) for i in range(len(part))]) for part in parts]
        if probability(float(min(inside))) < self._settings.join_score:
            return None
        return Parting([group.members[i] for i in leave], across)

    def _fits_rest(self, part: Pack, index: int) -> float:
        """Log-odds that one of several articles belongs to the rest."""
        return log_odds(self._fits(part.only(index), [("", part.without(index))])[0].score)

    def part(self, story_id: str, leaving: Sequence[str], new_id: str) -> None:
        """Let some of a story's representatives stand for a story of their own."""
        group = self.groups[story_id]
        parts = [(m, group.features.only(i)) for i, m in enumerate(group.members)]
        self.close(story_id)
        for article_id, article in parts:
            where = new_id if article_id in leaving else story_id
            if where in self.groups:
                self.join(where, article_id, article)
            else:
                self.create(where, article_id, article)
