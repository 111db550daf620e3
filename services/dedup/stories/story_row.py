"""The stored row of a story, and how an article, a merge or a split changes it.

`story_codec.py` writes a row to bytes and reads it. The names in the stored JSON are short,
because a row is written with every article of the story; they appear in the rename tables of
the classes here and in `story_fields.py`, and nowhere else.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

import msgspec

from schemas.article import TaggedArticle
from schemas.story import StoryChange
from services.dedup.entity_resolution.forms_of_address import Gender, addressed_as, united
from services.dedup.entity_resolution.named_entity import NamedEntity
from services.dedup.features.event_time import TimePrecision, time_precision
from services.dedup.stories.external_ids import stored_ids
from services.dedup.stories.headline import story_headline
from services.dedup.stories.story_fields import (
    EntityWeight,
    Growth,
    ListedArticle,
    ListedVerdict,
    Period,
    Representative,
    SummarySentence,
    VerdictCounts,
)
from services.dedup.stories.summary_sentences import (
    SUMMARY_SENTENCES,
    adds_information,
    lead_sentences,
)

MAX_ARTICLES: Final = 1000
MAX_ARTICLE_BYTES: Final = 60_000
MAX_OUTLETS: Final = 1500
MAX_LANGUAGES: Final = 50
MAX_ENTITIES: Final = 60
MAX_ARTICLE_ENTITIES: Final = 30
MAX_SPLITS: Final = 50
MAX_REASON_CHARS: Final = 2000
MERGED_ARTICLES: Final = 50
"""How many articles the last state of a merged story still lists."""
_LONGEST_ID: Final = 128
_LISTED_BYTES: Final = 20
"""Bytes of a listed article in a row, besides its id."""
_HOUR: Final = 3600


class StoryRow(
    msgspec.Struct,
    omit_defaults=True,
    rename={
        "version": "v",
        "change": "c",
        "reason": "w",
        "headline": "h",
        "articles": "a",
        "counts": "n",
        "outlets": "o",
        "languages": "l",
        "entities": "e",
        "period": "t",
        "merged_into": "m",
        "representatives": "r",
        "summary": "s",
        "growth": "g",
        "split_from": "sf",
        "split_into": "si",
        "originals_at_split_check": "lk",
        "start_precision": "ps",
        "latest_precision": "pl",
        "touched": "x",
        "closed": "z",
        "headline_article": "hi",
        "keys": "k",
        "external_ids": "ei",
        "addressed": "ad",
    },
):
    """The state of a story."""

    version: int
    change: StoryChange
    reason: str
    headline: str
    articles: list[ListedArticle]
    counts: VerdictCounts
    outlets: list[str]
    """Hashes of the outlets (`short_hash`)."""
    languages: list[str]
    entities: dict[str, EntityWeight]
    """By entity id."""
    period: Period
    merged_into: str | None
    representatives: list[Representative]
    summary: list[SummarySentence]
    growth: Growth
    split_from: str | None
    split_into: list[str]
    originals_at_split_check: int
    """How many originals the story had when it was last checked for being two stories."""
    touched: int
    """The shard's clock at the last change, in seconds since 1970."""
    closed: bool
    headline_article: str | None = None
    """The representative whose title is the headline."""
    start_precision: TimePrecision | None = None
    """Of `period.start`; None if version 0.1.0 wrote the row."""
    latest_precision: TimePrecision | None = None
    addressed: dict[str, Gender] = {}  # msgspec makes a new dict for each row
    """By id of a person known by surname, how the articles address them; only of `entities`."""
    keys: list[bytes] = []  # msgspec makes a new list for each row
    """The keys under which each representative is found. They are stored before the JSON, so
    that an index can be rebuilt without reading it."""
    external_ids: dict[str, dict[str, str]] = {}  # as above
    """By entity id and register, of the entities that have some (`external_ids.py`)."""

    @classmethod
    def new(cls, at: int, reason: str) -> StoryRow:
        """Return a story without articles; `at` is an event time in seconds since 1970."""
        return cls(
            version=0,
            change=StoryChange.CREATED,
            reason=reason,
            headline="",
            articles=[],
            counts=VerdictCounts(),
            outlets=[],
            languages=[],
            entities={},
            period=Period(at, at),
            merged_into=None,
            representatives=[],
            summary=[],
            growth=Growth(_HOUR, {}),
            split_from=None,
            split_into=[],
            originals_at_split_check=0,
            touched=0,
            closed=False,
        )

    @property
    def article_count(self) -> int:
        """Articles of all verdicts, listed or not."""
        return self.counts.total

    def named_entities(self) -> dict[str, NamedEntity]:
        """Return the entities by id, in the form in which their names are compared."""
        return {
            entity_id: NamedEntity(
                entity_id, one.name, one.type, one.salience, self.addressed.get(entity_id)
            )
            for entity_id, one in self.entities.items()
        }

    def begin_version(self, change: StoryChange, reason: str, clock: int) -> None:
        """Begin the next version of the story; `clock` is the shard's clock in seconds."""
        self.version += 1
        self.change = change
        self.reason = reason[:MAX_REASON_CHARS]
        self.touched = clock

    def add_article(self, article: TaggedArticle, verdict: ListedVerdict, at: int) -> None:
        """Add an article at its event time, with all that the story sums up of it."""
        entities = {
            entity.entity_id: EntityWeight(entity.name, entity.type.value, entity.salience)
            for entity in article.entities[:MAX_ARTICLE_ENTITIES]
        }
        published = article.published.value if article.published else None
        self.count_article(
            ListedArticle(article.article_id, verdict, at),
            article.source,
            entities,
            time_precision(published, at),
        )
        if verdict is not ListedVerdict.COPY:
            self.add_external_ids(stored_ids(article.entities))
        if article.language not in self.languages and len(self.languages) < MAX_LANGUAGES:
            self.languages.append(article.language)
        self._note_addressed(addressed_as(article))
        if verdict is ListedVerdict.ORIGINAL:
            self.extend_summary(article)
        if not self.headline:
            self.headline = story_headline(article)

    def count_article(
        self,
        listed: ListedArticle,
        source: str,
        entities: dict[str, EntityWeight],
        precision: TimePrecision | None,
    ) -> None:
        """Add an article to the list, the counts and the sums; a copy's entities do not count.

        `precision` is that of the article's event time, None if it is not known.
        """
        self.articles.append(listed)
        self._bound_list(self.representatives)
        self.counts.add(listed.verdict, 1)
        self._include(Period(listed.at, listed.at), precision, precision)
        self._add_outlets([short_hash(source)])
        self.growth.add(listed.at, 1)
        if listed.verdict is not ListedVerdict.COPY:
            self._add_entities(entities)

    def add_external_ids(self, found: Mapping[str, dict[str, str]]) -> None:
        """Add external ids by entity id; keep those of the story's entities only."""
        both = {**self.external_ids, **found}
        self.external_ids = {one: ids for one, ids in both.items() if one in self.entities}

    def extend_summary(self, article: TaggedArticle) -> None:
        """Add sentences of an article to the summary if they add information.

        One article gets at most two places, so that there is room for another's view.
        """
        room = SUMMARY_SENTENCES - len(self.summary)
        if room <= 0:
            return
        most = min(room, SUMMARY_SENTENCES - 1)
        for sentence in lead_sentences(article.body, most, article.language):
            self._add_sentence(SummarySentence(sentence, article.article_id))

    def replace_sentences(self, article: TaggedArticle) -> None:
        """Take the sentences of a revised article from its new text, if it has any."""
        if any(sentence.article_id == article.article_id for sentence in self.summary):
            self.drop_sentences(article.article_id)
            self.extend_summary(article)

    def drop_sentences(self, article_id: str) -> None:
        """Remove an article's sentences from the summary."""
        self.summary = [one for one in self.summary if one.article_id != article_id]

    def remove_article(self, article_id: str) -> None:
        """Remove an article, which belongs to another story now."""
        for place, listed in enumerate(self.articles):
            if listed.article_id == article_id:
                self.counts.add(listed.verdict, -1)
                del self.articles[place]
                break
        else:
            self.counts.originals = max(0, self.counts.originals - 1)
        self.drop_sentences(article_id)

    def mark_retracted(self, article_id: str, verdict: ListedVerdict) -> None:
        """Mark an article as withdrawn; its sentences leave the summary.

        `verdict` is the one that it had, in case that it is not listed.
        """
        listed = self._listed(article_id)
        if listed is None:
            self.counts.move(verdict, ListedVerdict.RETRACTION)
        elif listed.verdict is not ListedVerdict.RETRACTION:
            self._change_verdict(listed, ListedVerdict.RETRACTION)
        self.drop_sentences(article_id)

    def restore_article(self, article_id: str, verdict: ListedVerdict) -> None:
        """Give a withdrawn article that is published again its former verdict."""
        listed = self._listed(article_id)
        if listed is None:
            self.counts.move(ListedVerdict.RETRACTION, verdict)
        elif listed.verdict is ListedVerdict.RETRACTION:
            self._change_verdict(listed, verdict)

    def keep_articles(self, most: int, central: Iterable[Representative]) -> None:
        """Shorten the list to `most` articles: the central ones, and of the others the newest."""
        surplus = len(self.articles) - most
        if surplus <= 0:
            return
        central_ids = {one.article_id for one in central}
        others = (n for n, one in enumerate(self.articles) if one.article_id not in central_ids)
        for place in reversed(list(itertools.islice(others, surplus))):
            del self.articles[place]

    def absorb(self, other: StoryRow) -> None:
        """Take over the articles, counts and summary of a story that is merged into this one."""
        both = self.articles + other.articles
        self.articles = sorted(both, key=lambda one: (one.at, one.article_id))
        self._bound_list([*self.representatives, *other.representatives])
        self.counts.originals += other.counts.originals
        self.counts.copies += other.counts.copies
        self.counts.retractions += other.counts.retractions
        self._include(other.period, other.start_precision, other.latest_precision)
        self._add_outlets(other.outlets)
        both_languages = dict.fromkeys([*self.languages, *other.languages])
        self.languages = list(both_languages)[:MAX_LANGUAGES]
        self._add_entities(other.entities)
        self.add_external_ids({**other.external_ids, **self.external_ids})
        self._note_addressed(other.addressed)
        for interval, count in other.growth.counts.items():
            self.growth.add(int(interval) * other.growth.width, count)
        for sentence in other.summary:
            self._add_sentence(sentence)

    def set_representatives(
        self, article_ids: Iterable[str], centrality: Iterable[float], keys: list[bytes]
    ) -> None:
        """Set the representatives with their centrality, and the keys of each."""
        pairs = zip(article_ids, centrality, strict=True)
        self.representatives = [Representative(one, value) for one, value in pairs]
        self.keys = keys

    def _add_sentence(self, sentence: SummarySentence) -> None:
        if len(self.summary) < SUMMARY_SENTENCES and adds_information(
            sentence.text, [one.text for one in self.summary]
        ):
            self.summary.append(sentence)

    def _change_verdict(self, listed: ListedArticle, verdict: ListedVerdict) -> None:
        self.counts.add(listed.verdict, -1)
        self.counts.add(verdict, 1)
        listed.verdict = verdict

    def _listed(self, article_id: str) -> ListedArticle | None:
        return next((one for one in self.articles if one.article_id == article_id), None)

    def _bound_list(self, central: Iterable[Representative]) -> None:
        most = MAX_ARTICLES
        if len(self.articles) * (_LONGEST_ID + _LISTED_BYTES) > MAX_ARTICLE_BYTES:
            # Most ids have 32 characters; the limit in bytes only matters for longer ones.
            longest = max(len(one.article_id) for one in self.articles)
            most = min(most, MAX_ARTICLE_BYTES // (longest + _LISTED_BYTES))
        self.keep_articles(most, central)

    def _include(
        self, period: Period, start: TimePrecision | None, latest: TimePrecision | None
    ) -> None:
        own = self.period
        if (period.start, self.start_precision) == (own.start, None) or period.start < own.start:
            self.start_precision = start
        if (period.latest, self.latest_precision) == (own.latest, None) or (
            period.latest > own.latest
        ):
            self.latest_precision = latest
        own.include(period.start, period.latest)

    def _add_outlets(self, hashes: list[str]) -> None:
        if len(self.outlets) >= MAX_OUTLETS:
            return
        known = set(self.outlets)
        for one in hashes:
            if one not in known and len(self.outlets) < MAX_OUTLETS:
                self.outlets.append(one)
                known.add(one)

    def _note_addressed(self, addressed: dict[str, Gender]) -> None:
        for entity_id, gender in addressed.items():
            self.addressed[entity_id] = united(self.addressed.get(entity_id), gender)
        self.addressed = {one: it for one, it in self.addressed.items() if one in self.entities}

    def _add_entities(self, entities: dict[str, EntityWeight]) -> None:
        for entity_id, entity in entities.items():
            known = self.entities.get(entity_id)
            total = round((known.salience if known else 0.0) + entity.salience, 4)
            name = known.name if known else entity.name
            self.entities[entity_id] = EntityWeight(name, entity.type, total)
        if len(self.entities) > MAX_ENTITIES:
            heaviest = sorted(self.entities.items(), key=lambda one: (-one[1].salience, one[0]))
            self.entities = dict(heaviest[:MAX_ENTITIES])
            self.add_external_ids({})


def new_story_id(article_id: str, revision_id: str) -> str:
    """Return the id of a story, which follows from the ids of its first article."""
    return "s-" + sha256(f"{article_id}\0{revision_id}".encode()).hexdigest()[:32]


def short_hash(text: str) -> str:
    """Return a short hash of a text, by which outlets and bodies are told apart."""
    return sha256(text.encode()).hexdigest()[:8]
