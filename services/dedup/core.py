"""One language's articles and stories: a verdict for each article, and the story it tells."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from rensa import RMinHash

from schemas.article import CopyKind, Status, TaggedArticle, Verdict, VerdictKind
from schemas.envelope import deterministic_id
from schemas.story import Story, StoryArticle, StoryChange, StoryEntity
from services.settings import Settings

_WORD = re.compile(r"\w+")
_BANDS, _ROWS = 32, 4
_METHOD = "minhash-128/shingle-5"
_JOIN = 0.30


@dataclass(frozen=True, slots=True)
class MessageIdentity:
    revision_id: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Decision:
    verdict: Verdict | None
    story_id: str | None
    stories: tuple[Story, ...] = ()
    changes: tuple[tuple[str, str, bytes | None], ...] = ()
    unchanged: bool = False


@dataclass(slots=True)
class _Doc:
    row: dict[str, Any]
    shingles: frozenset[int]
    terms: Counter[str]


@dataclass(slots=True)
class _Story:
    row: dict[str, Any]
    terms: Counter[str] = field(default_factory=Counter)


def shingles(text: str, size: int = 5) -> frozenset[int]:
    words = [word.lower() for word in _WORD.findall(text)]
    grams = (" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))
    return frozenset(
        int.from_bytes(hashlib.blake2b(g.encode(), digest_size=8).digest(), "big") for g in grams
    )


class Shard:
    def __init__(self, settings: Settings, language: str) -> None:
        self._settings = settings
        self.language = language
        self._docs: dict[str, _Doc] = {}
        self._bands: dict[bytes, list[str]] = defaultdict(list)
        self._stories: dict[str, _Story] = {}
        self._df: Counter[str] = Counter()

    def load(self, rows: Iterable[tuple[str, bytes]]) -> None:
        for table, value in rows:
            row = orjson.loads(value)
            if table == "stories":
                self._stories[row["story"]["story_id"]] = _Story(row, Counter(row["terms"]))
            else:
                self._index(row)

    def knows(self, article_id: str) -> bool:
        return article_id in self._docs

    def take(self, article: TaggedArticle, message: MessageIdentity) -> Decision:
        known = self._docs.get(article.article_id)
        if known is not None:
            for stored in known.row["decisions"]:
                if stored["revision_id"] == message.revision_id:
                    if (
                        stored["sequence"] < message.sequence
                        and known.row["decisions"][-1] is stored
                    ):
                        return Decision(None, known.row["story_id"], unchanged=True)
                    return self._stored(known.row, stored)
        if article.status is Status.RETRACTED:
            return self._retract(article, message, known)
        if known is not None:
            return self._revise(article, message, known)
        return self._new(article, message)

    def _stored(self, row: dict[str, Any], stored: dict[str, Any]) -> Decision:
        story = self._stories.get(row["story_id"] or "")
        stories = (Story.model_validate(story.row["story"]),) if story else ()
        return Decision(Verdict.model_validate(stored["verdict"]), row["story_id"], stories)

    def _new(self, article: TaggedArticle, message: MessageIdentity) -> Decision:
        grams = shingles(article.body)
        copy = self._find_copy(article, grams)
        terms = _terms(article)
        if copy is None:
            verdict = Verdict(
                kind=VerdictKind.ORIGINAL,
                reason="no earlier article holds its text",
                revision=1,
                method=_METHOD,
            )
            story_id, score = self._find_story(terms)
        else:
            other, verdict = copy
            story_id, score = other["story_id"], 1.0
        if story_id is None:
            story_id = "s-" + deterministic_id("story", article.article_id)
        row = {
            "article_id": article.article_id,
            "language": self.language,
            "story_id": story_id,
            "at": _event_time(article).isoformat(),
            "title": article.title,
            "url": article.url,
            "source": article.source,
            "verdict": verdict.kind,
            "original": verdict.copy_of or article.article_id,
            "shingles": sorted(grams),
            "terms": dict(terms),
            "decisions": [],
            "published": article.published.value if article.published else None,
            "entities": [[e.entity_id, e.name, e.type, e.salience] for e in article.entities[:30]],
        }
        _remember(row, message, verdict)
        self._index(row)
        story = self._join_story(story_id, row, terms, score)
        return self._decision(row, verdict, story)

    def _find_copy(self, article: TaggedArticle, grams: frozenset[int]) -> Any:
        best: tuple[float, dict[str, Any], CopyKind, float, float, float] | None = None
        for other_id in dict.fromkeys(i for band in _bands(grams) for i in self._bands[band]):
            other = self._docs[other_id]
            shared = len(grams & other.shingles)
            mine, theirs = shared / len(grams), shared / len(other.shingles)
            jaccard = shared / len(grams | other.shingles)
            if jaccard == 1:
                kind = CopyKind.EXACT
            elif jaccard >= 0.6:
                kind = CopyKind.NEAR
            elif max(mine, theirs) >= 0.8:
                kind = CopyKind.EXCERPT
            else:
                continue
            score = max(mine, theirs)
            if best is None or score > best[0]:
                best = (score, other.row, kind, jaccard, mine, theirs)
        if best is None:
            return None
        _, other_row, kind, jaccard, mine, theirs = best
        return other_row, Verdict(
            kind=VerdictKind.COPY,
            reason=f"{mine:.0%} of its text stands in an earlier article",
            revision=1,
            copy_of=other_row["original"],
            copy_kind=kind,
            similarity=round(jaccard, 4),
            share_in_original=round(mine, 4),
            share_of_original=round(theirs, 4),
            method=_METHOD,
        )

    def _find_story(self, terms: Counter[str]) -> tuple[str | None, float]:
        best, score = None, _JOIN
        for story_id, story in self._stories.items():
            if story.row["story"]["change"] == StoryChange.CLOSED:
                continue
            similarity = self._cosine(terms, story.terms)
            if similarity > score:
                best, score = story_id, similarity
        return best, score

    def _cosine(self, a: Counter[str], b: Counter[str]) -> float:
        total = len(self._docs) + 1

        def weight(term: str, count: int) -> float:
            return (1 + math.log(count)) * math.log(1 + total / (1 + self._df[term]))

        dot = sum(weight(t, c) * weight(t, b[t]) for t, c in a.items() if t in b)
        norm = math.sqrt(sum(weight(t, c) ** 2 for t, c in a.items())) * math.sqrt(
            sum(weight(t, c) ** 2 for t, c in b.items())
        )
        return dot / norm if norm else 0.0

    def _revise(self, article: TaggedArticle, message: MessageIdentity, known: _Doc) -> Decision:
        row = known.row
        grams = shingles(article.body)
        jaccard = len(grams & known.shingles) / max(1, len(grams | known.shingles))
        changed = [
            name
            for name, differs in (
                ("title", article.title != row["title"]),
                ("body", grams != known.shingles),
                (
                    "published",
                    (article.published.value if article.published else None) != row["published"],
                ),
            )
            if differs
        ]
        verdict = Verdict(
            kind=VerdictKind.REVISION,
            reason=f"changed: {', '.join(changed) or 'other fields'}",
            revision=row["decisions"][-1]["verdict"]["revision"] + 1,
            previous_revision_id=row["decisions"][-1]["revision_id"],
            changed=changed,
            similarity=round(jaccard, 4),
            method=_METHOD,
        )
        row.update(title=article.title, shingles=sorted(grams))
        _remember(row, message, verdict)
        known.shingles = grams
        story = self._touch_story(row, "an article of it was revised")
        return self._decision(row, verdict, story)

    def _retract(
        self, article: TaggedArticle, message: MessageIdentity, known: _Doc | None
    ) -> Decision:
        revision = known.row["decisions"][-1]["verdict"]["revision"] + 1 if known else 1
        verdict = Verdict(
            kind=VerdictKind.RETRACTION,
            reason="its outlet withdrew it",
            revision=revision,
            previous_revision_id=known.row["decisions"][-1]["revision_id"] if known else None,
            changed=["status"],
            method="status",
        )
        if known is None:
            return Decision(verdict, None)
        known.row["verdict"] = VerdictKind.RETRACTION
        _remember(known.row, message, verdict)
        story = self._touch_story(known.row, "an article of it was withdrawn")
        return self._decision(known.row, verdict, story)

    def _join_story(
        self, story_id: str, row: dict[str, Any], terms: Counter[str], score: float
    ) -> _Story | None:
        story = self._stories.get(story_id)
        if story is None:
            story = self._stories[story_id] = _Story({"articles": [], "language": self.language})
            change, reason = StoryChange.CREATED, "no open story reports it"
            version = 1
        else:
            change, reason = StoryChange.UPDATED, f"another article reports it: {score:.2f} alike"
            version = story.row["story"]["version"] + 1
        story.row["articles"].append(row["article_id"])
        story.terms.update(terms)
        self._restate(story_id, story, version, change, reason)
        return story

    def _touch_story(self, row: dict[str, Any], reason: str) -> _Story | None:
        story = self._stories.get(row["story_id"])
        if story is not None:
            version = story.row["story"]["version"] + 1
            self._restate(row["story_id"], story, version, StoryChange.UPDATED, reason)
        return story

    def _restate(
        self, story_id: str, story: _Story, version: int, change: StoryChange, reason: str
    ) -> None:
        rows = [self._docs[i].row for i in story.row["articles"] if i in self._docs]
        weights: dict[tuple[str, str, str], float] = defaultdict(float)
        for row in rows:
            for entity_id, name, kind, salience in row["entities"]:
                weights[entity_id, name, kind] += salience / len(rows)
        top = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:50]
        state = Story(
            story_id=story_id,
            version=version,
            change=change,
            reason=reason,
            headline=rows[0]["title"],
            started_at=min(row["at"] for row in rows),
            latest_at=max(row["at"] for row in rows),
            articles=[
                StoryArticle(
                    article_id=r["article_id"],
                    url=r["url"],
                    source=r["source"],
                    title=r["title"],
                    verdict=r["verdict"],
                    at=r["at"],
                )
                for r in rows[:1000]
            ],
            article_count=len(rows),
            original_count=sum(r["verdict"] == "original" for r in rows),
            copy_count=sum(r["verdict"] == "copy" for r in rows),
            outlet_count=len({r["source"] for r in rows}),
            languages=[self.language],
            entities=[
                StoryEntity(entity_id=i, name=n, type=k, weight=min(1.0, round(w, 4)))
                for (i, n, k), w in top
            ],
        )
        story.row["story"] = state.model_dump(mode="json")
        story.row["terms"] = dict(story.terms.most_common(200))

    def _decision(self, row: dict[str, Any], verdict: Verdict, story: _Story | None) -> Decision:
        changes = [("articles", f"{self.language}|{row['article_id']}", orjson.dumps(row))]
        stories: tuple[Story, ...] = ()
        if story is not None:
            changes.append(
                ("stories", f"{self.language}|{row['story_id']}", orjson.dumps(story.row))
            )
            stories = (Story.model_validate(story.row["story"]),)
        return Decision(verdict, row["story_id"], stories, tuple(changes))

    def _index(self, row: dict[str, Any]) -> None:
        grams = frozenset(row["shingles"])
        doc = _Doc(row, grams, Counter(row["terms"]))
        self._docs[row["article_id"]] = doc
        self._df.update(doc.terms.keys())
        if row["verdict"] != VerdictKind.RETRACTION:
            for band in _bands(grams):
                self._bands[band].append(row["article_id"])


def _bands(grams: frozenset[int]) -> list[bytes]:
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=42)
    sketch.update([str(gram) for gram in sorted(grams)])
    digest = sketch.digest()
    return [
        bytes([band]) + str(digest[band * _ROWS : (band + 1) * _ROWS]).encode()
        for band in range(_BANDS)
    ]


def _terms(article: TaggedArticle) -> Counter[str]:
    words = Counter(
        w for w in _WORD.findall(f"{article.title} {article.body}".lower()) if len(w) > 3
    )
    for entity in article.entities:
        words[entity.entity_id] += 3
    return Counter(dict(words.most_common(80)))


def _event_time(article: TaggedArticle) -> datetime:
    if article.published and article.published.utc:
        return article.published.utc
    return article.ingested_at


def _remember(row: dict[str, Any], message: MessageIdentity, verdict: Verdict) -> None:
    row["decisions"] = [
        *row["decisions"][-31:],
        {
            "revision_id": message.revision_id,
            "sequence": message.sequence,
            "verdict": verdict.model_dump(mode="json", exclude_none=True),
        },
    ]
