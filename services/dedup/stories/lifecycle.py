"""How stories begin, grow, merge, part and close: the records and the clusterer together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from schemas.article import TaggedArticle, VerdictKind
from schemas.story import StoryChange
from services.dedup.clustering.clusterer import Clusterer, Match
from services.dedup.clustering.merge_score import Model
from services.dedup.clustering.open_stories import Group
from services.dedup.features import feature_batch as packs
from services.dedup.features.feature_batch import FACTS, Pack
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import ARTICLES, STORIES, load_features, more_of
from services.dedup.storage.row_batch import Batch
from services.dedup.stories import story_row as records
from services.dedup.stories.splits import Split, divide, is_due
from services.dedup.stories.story_row import Record
from services.dedup.stories.story_sizes import Sizes

SECOND_LOOKS = 4
"""Other candidate stories that are looked at again when an article has joined one."""
SECOND_LOOK_FROM = 0.15
"""Score of the joining article with another story from which the two are compared."""
_LONGEST_WAY = 100

Read = Callable[[str, str], bytes | None]


class Stories:
    """The stories of a shard; every change is noted in a batch and in `touched`."""

    def __init__(self, settings: DedupSettings, model: Model, read: Read) -> None:
        """``read`` gives the present row of a table by its key."""
        self._settings = settings
        self._read = read
        self.clusterer = Clusterer(settings, model, self._unpack)
        self.open: dict[str, int] = {}
        """When each open story was last touched, by the shard's clock."""
        self.sizes = Sizes()
        self.compared = 0
        """Open stories that were looked at for the last article placed."""

    def load(self, stories: Sequence[tuple[str, records.ForIndex]]) -> None:
        """Take open stories in, by what an index needs of their rows."""
        self.open = {story_id: one.touched for story_id, one in stories}
        for story_id, one in stories:
            self.sizes.put(story_id, one.articles)
        self.clusterer.load([(story_id, one.keys) for story_id, one in stories if one.members])

    def _unpack(self, story_id: str) -> Group | None:
        row = self._read(STORIES, story_id)
        given = records.load(row)["r"] if row else []
        read = [(one, central, self._read(ARTICLES, one)) for one, central in given]
        found = [(one, central, load_features(row)) for one, central, row in read if row]
        if not found:
            return None
        return Group(
            members=[one for one, _central, _features in found],
            features=packs.join([packs.pack(features) for _one, _central, features in found]),
            central=[central for _one, central, _features in found],
        )

    def resolve(self, story_id: str | None, batch: Batch) -> tuple[str, Record] | None:
        """Return the story that an id stands for now, after all merges; None where it is gone."""
        for _ in range(_LONGEST_WAY):
            record = batch.story(story_id) if story_id else None
            if record is None or story_id is None:
                return None
            if record["m"] is None:
                return story_id, record
            story_id = record["m"]
        return None

    def place(self, article: TaggedArticle, features: Pack, batch: Batch) -> tuple[str, list[str]]:
        """Give an original its story; the story's id, and all stories changed."""
        quiet = batch.clock - int(self._settings.story_quiet.total_seconds())
        matches = [
            match
            for match in self.clusterer.matches(features)
            if self.open.get(match.story_id, quiet) >= quiet
        ]
        self.compared = len(matches)
        best = matches[0] if matches else None
        if best is None or best.score < self._settings.join_score:
            story_id = self._create(article, features, batch, _why_new(matches))
            return story_id, [story_id]
        story_id = best.story_id
        record = batch.story(story_id)
        assert record is not None, "an open story has a row"
        reason = f"another article reports it: score {best.score:.2f}"
        shared = _shared_names(article, record)
        reason += f", shares {', '.join(shared)}" if shared else ""
        self.clusterer.join(story_id, article.article_id, features, best.likeness)
        records.add_article(record, article, VerdictKind.ORIGINAL, _at(features))
        self.keep(story_id, record, StoryChange.UPDATED, reason, batch)
        story_id, touched = self._merge_all(story_id, matches[1:], batch)
        touched.insert(0, story_id)
        split = self._fall_apart(story_id, (article, features), best.score, batch)
        if split is not None:
            touched.append(split.story_id)
            story_id = split.story_id if article.article_id in split.articles else story_id
        return story_id, list(dict.fromkeys(touched))

    def _create(
        self,
        article: TaggedArticle,
        features: Pack,
        batch: Batch,
        reason: str,
        split_from: str | None = None,
    ) -> str:
        story_id = batch.new_story_id(article.article_id, article.revision_id)
        record = records.created(_at(features), reason)
        record["sf"] = split_from
        batch.new_story(story_id, record)
        records.add_article(record, article, VerdictKind.ORIGINAL, _at(features))
        self.clusterer.create(story_id, article.article_id, features)
        self.keep(story_id, record, StoryChange.CREATED, reason, batch)
        return story_id

    def _merge_all(self, story_id: str, others: list[Match], batch: Batch) -> tuple[str, list[str]]:
        touched = []
        for other in others[: SECOND_LOOKS - 1]:
            if other.score < SECOND_LOOK_FROM or other.story_id not in self.clusterer.groups:
                continue
            score = self.clusterer.merge_score(story_id, other.story_id)
            if score < self._settings.merge_score:
                continue
            story_id, gone = self._merge(story_id, other.story_id, score, batch)
            touched += [story_id, gone]
        return story_id, touched

    def _merge(self, one: str, other: str, score: float, batch: Batch) -> tuple[str, str]:
        """Merge two stories; the larger goes on, of equals the earlier."""

        def rank(story_id: str) -> tuple[int, int, str]:
            record = batch.story(story_id)
            assert record is not None, "an open story has a row"
            return -records.article_count(record), record["t"][0], story_id

        kept_id, gone_id = sorted((one, other), key=rank)
        kept, gone = batch.story(kept_id), batch.story(gone_id)
        assert kept is not None and gone is not None, "open stories have rows"  # noqa: PT018 - both for the types' sake
        records.absorb(kept, gone)
        self.clusterer.merge(kept_id, gone_id)
        reason = f"reports the same happening: score {score:.2f}"
        gone["m"], gone["z"], gone["a"] = kept_id, True, gone["a"][: records.GONE_ARTICLES]
        self.keep(gone_id, gone, StoryChange.MERGED, reason, batch)
        reason = f"took in story {gone_id}: score {score:.2f}"
        self.keep(kept_id, kept, StoryChange.UPDATED, reason, batch)
        return kept_id, gone_id

    def _fall_apart(
        self, story_id: str, taking: tuple[TaggedArticle, Pack], score: float, batch: Batch
    ) -> Split | None:
        """Part a story that turns out to be two."""
        record = batch.story(story_id)
        assert record is not None, "an open story has a row"
        if not is_due(record, score):
            return None
        batch.put_story(story_id)
        parting = self.clusterer.falls_apart(story_id)
        split = parting and divide((story_id, record), parting, taking, self.clusterer, batch)
        if not parting or not split:
            return None
        record["si"] = [*record["si"], split.story_id][-50:]
        split.record["sf"] = story_id
        batch.new_story(split.story_id, split.record)
        told = f"score {parting.score:.2f}"
        reason = f"parted from story {story_id}, which reports something else: {told}"
        self.keep(split.story_id, split.record, StoryChange.CREATED, reason, batch)
        reason = f"{len(split.articles)} of its articles report something else: {told}, "
        self.keep(story_id, record, StoryChange.SPLIT, reason + f"story {split.story_id}", batch)
        return split

    def revise(
        self,
        article: TaggedArticle,
        features: Pack,
        found: tuple[str, Record],
        reason: str,
        batch: Batch,
    ) -> tuple[str, list[str]]:
        """Follow a revision; an article that no longer fits its story at all leaves it."""
        story_id, record = found
        group = self.clusterer.groups.get(story_id)
        if group is not None and article.article_id in group.members:
            index = group.members.index(article.article_id)
            if len(group.members) > 1:
                self.clusterer.leave(story_id, index)
                fit = self.clusterer.scores(features, [story_id])[0]
                if fit.score < self._settings.split_score:
                    return self._split(article, features, found, batch)
                self.clusterer.join(story_id, article.article_id, features, fit.likeness)
            else:
                self.clusterer.close(story_id)
                self.clusterer.create(story_id, article.article_id, features)
        if record["s"] and any(source == article.article_id for _text, source in record["s"]):
            record["s"] = [kept for kept in record["s"] if kept[1] != article.article_id]
            records.add_sentences(record, article)
        if record.get("hi") == article.article_id:
            record["h"] = article.title
        self.keep(story_id, record, StoryChange.UPDATED, reason, batch)
        return story_id, [story_id]

    def _split(
        self,
        article: TaggedArticle,
        features: Pack,
        found: tuple[str, Record],
        batch: Batch,
    ) -> tuple[str, list[str]]:
        old_id, record = found
        records.drop_article(record, article.article_id)
        reason = f"parted from story {old_id}: the revised article reports something else"
        new_id = self._create(article, features, batch, reason, old_id)
        record["si"] = [*record["si"], new_id][-50:]
        reason = f"a revised article reports something else: story {new_id}"
        self.keep(old_id, record, StoryChange.SPLIT, reason, batch)
        return new_id, [old_id, new_id]

    def add_copy(
        self,
        article: TaggedArticle,
        at: int,
        found: tuple[str, Record],
        batch: Batch,
    ) -> None:
        """Count a copy into its original's story, be it open or closed."""
        story_id, record = found
        records.add_article(record, article, VerdictKind.COPY, at)
        reason = f"{article.source[:200]} copies one of its articles"
        self.keep(story_id, record, StoryChange.UPDATED, reason, batch)

    def retract(self, article: TaggedArticle, found: tuple[str, Record], batch: Batch) -> None:
        """Mark an article as withdrawn; it no longer stands for its story."""
        story_id, record = found
        records.retract(record, article.article_id)
        group = self.clusterer.groups.get(story_id)
        if group is not None and article.article_id in group.members:
            if len(group.members) == 1:
                self.clusterer.close(story_id)
            else:
                self.clusterer.leave(story_id, group.members.index(article.article_id))
        reason = f"{article.source[:200]} withdrew its article"
        self.keep(story_id, record, StoryChange.UPDATED, reason, batch)

    def close(self, story_id: str, record: Record, batch: Batch) -> None:
        """No article came for the quiet time."""
        hours = self._settings.story_quiet.total_seconds() / 3600
        record["z"] = True
        self.clusterer.close(story_id)
        reason = f"no article for {hours:.0f} hours"
        self.keep(story_id, record, StoryChange.CLOSED, reason, batch)

    def keep(
        self,
        story_id: str,
        record: Record,
        change: StoryChange,
        reason: str,
        batch: Batch,
    ) -> None:
        """Write a new version of a story's record."""
        group = self.clusterer.groups.unpacked(story_id)
        if group is not None:
            self._keep_group(record, group)
            central = group.members[int(np.argmax(group.central))]
            row = batch.get(ARTICLES, central) if record.get("hi") not in (None, central) else None
            title = more_of(row)["t"] if row is not None else ""
            if title:
                record["h"] = title
            record["hi"] = central
        elif story_id not in self.clusterer.groups:
            record["r"], record["k"] = [], []
        records.changed(record, change, reason, batch.clock)
        batch.put_story(story_id)
        if record["z"]:
            self.open.pop(story_id, None)
            self.sizes.drop(story_id)
        else:
            self.open[story_id] = batch.clock
            self.sizes.put(story_id, records.article_count(record))

    def lose(self, article_id: str, found: tuple[str, Record], batch: Batch) -> None:
        """Do without an article whose row leaves while its story is open."""
        story_id, record = found
        group = self.clusterer.groups.get(story_id)
        if group is None or article_id not in group.members:
            return
        if len(group.members) == 1:
            self.clusterer.close(story_id)
            record["r"], record["k"] = [], []
        else:
            self.clusterer.leave(story_id, group.members.index(article_id))
            self._keep_group(record, group)
        batch.put_story(story_id)

    def _keep_group(self, record: Record, group: Group) -> None:
        record["r"] = [list(pair) for pair in zip(group.members, group.central, strict=True)]
        record["k"] = group.features.parts("keys")


def _at(features: Pack) -> int:
    return int(features.facts[FACTS.index("at"), 0])


def _why_new(matches: list[Match]) -> str:
    if not matches:
        return "no open story is like it"
    best = matches[0]
    apart = next((match.apart for match in matches[:2] if match.apart), None)
    if apart:
        return str(apart)
    return f"no open story is like enough: the best scores {best.score:.2f}"


def _shared_names(article: TaggedArticle, record: Record, most: int = 3) -> list[str]:
    return [e.name for e in article.entities[:30] if e.entity_id in record["e"]][:most]
