"""Extract from an article, once, everything that dedup compares.

Features are hashes and small numbers of bounded size: an article of a million characters takes no
more memory than one of five thousand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from schemas.article import TaggedArticle
from schemas.tags import EntityType, Quote
from services.dedup.features import date_mentions
from services.dedup.features.recurring_template import skeleton
from services.dedup.features.tokenizer import counted, distinct, numbers
from services.dedup.features.tokens import SHINGLE, Hashes, Words, shingles, smallest, words
from services.dedup.settings import DedupSettings

MAX_GRAMS: Final = 512
MAX_TERMS: Final = 320
MAX_QUOTED: Final = 128
MAX_NAMES: Final = 48
MAX_NUMBERS: Final = 48
MAX_ENTITIES: Final = 40
MAX_SKELETON: Final = 40
LEAD_WORDS: Final = 60
LEAD_GRAMS: Final = 8

_LEAD_CHARS = 700
_LONG = 20_000
_QUOTES, _QUOTE_CHARS = 100, 2000
"""Quotes of an article that are used, and characters of each."""


@dataclass(frozen=True, slots=True)
class Features:
    """An article as the clusterer and the search for copies see it."""

    at: int
    """Event time in seconds since 1970."""
    dated: bool
    """Whether `at` is a stated date, and not the time of ingest."""
    size: int
    """Distinct shingles of the body, sampled or not."""
    digest: bytes
    """Eight bytes that are equal only for the same words in the same order."""
    grams: Hashes
    """Up to `MAX_GRAMS` smallest distinct shingles of the body, sorted."""
    lead_grams: Hashes
    """A few shingles of the first words, which a teaser shares with the full article."""
    quoted: Hashes
    """Shingles of quoted words, sorted."""
    quoted_words: int
    names: Hashes
    """A sample of the capitalised words, sorted: names are what changes within a template."""
    terms: Hashes
    """Distinct content words of title and body, sorted."""
    counts: npt.NDArray[np.uint8]
    """How often each of `terms` occurs, up to 255."""
    title: Hashes
    lead: Hashes
    entities: Hashes
    """Keys of the entities, the most salient first."""
    saliences: npt.NDArray[np.uint8]
    """Salience of each of `entities`, in 255ths."""
    numbers: Hashes
    """Sample of the numbers as written, sorted."""
    days: frozenset[int]
    weekdays: frozenset[int]
    """Weekdays that the lead names; Monday is 0."""
    speaker: int
    """Key of the person who is quoted most, if the lead names them; 0 for nobody."""
    skeleton: Hashes
    """A sample of the shingles around names and numbers, sorted; see `recurring_template`."""
    keys: Hashes
    """Words and entities under which its story can be found; chosen when it is assigned."""


def event_time(article: TaggedArticle, settings: DedupSettings) -> tuple[int, bool]:
    """Return the event time in seconds since 1970, and whether it is a stated date.

    A stated date is believed if it is neither far after nor many years before the time of ingest.
    Otherwise the time of ingest stands for it.
    """
    seen = article.ingested_at
    stated = article.published
    when: datetime | None = None
    if stated is not None:
        when = stated.utc
        if when is None:
            try:
                when = datetime.fromisoformat(stated.value).replace(tzinfo=UTC)
            except ValueError:
                when = None
    if when is None or not (seen - settings.trusted_past <= when <= seen + settings.trusted_future):
        return int(seen.timestamp()), False
    return int(when.timestamp()), True


def entity_key(name: str, kind: EntityType | str) -> int:
    """Return the key that equates the mentions of an entity in different articles.

    A person's key is made from the last name, because outlets differ in whether they give the
    first.
    """
    name = name.lower().removeprefix("the ")
    if kind == EntityType.PERSON:
        name = name.rsplit(" ", 1)[-1]
    return crc32(b"entity " + name.encode())


def extract_features(article: TaggedArticle, settings: DedupSettings) -> Features:
    """Return the features of an article."""
    at, dated = event_time(article, settings)
    begins = len(article.title) + 1
    title, body = words(article.title + "\n" + article.body).split(begins)
    every = shingles(body.hashes)
    content = ~(body.short | body.number)
    heading = title.hashes[~title.short]
    terms, counts = _terms(np.concatenate((body.hashes[content], heading)))
    lead_text = article.title + "\n" + article.body[:_LEAD_CHARS]
    lead_end = min(LEAD_WORDS, len(body.hashes))
    lead = distinct(np.concatenate((heading, body.hashes[:lead_end][content[:lead_end]])))
    entities = article.entities[:MAX_ENTITIES]
    quoted, quoted_words = _quoted(article.quotes, body, every, begins)
    named_days = date_mentions.mentioned_days(article.title + "\n" + article.body)
    named_weekdays = date_mentions.mentioned_weekdays(lead_text)
    if dated:
        published = datetime.fromtimestamp(at, UTC).date()
        named_days |= {
            date_mentions.latest_weekday(weekday, published) for weekday in named_weekdays
        }
    written = {crc32(n.encode()) for n in numbers(article.body[:_LONG])}
    different = distinct(every)
    return Features(
        at=at,
        dated=dated,
        size=len(different),
        digest=blake2b(body.hashes.tobytes(), digest_size=8).digest(),
        grams=different[:MAX_GRAMS],
        lead_grams=smallest(every[:LEAD_WORDS], LEAD_GRAMS),
        quoted=quoted,
        quoted_words=quoted_words,
        names=smallest(body.hashes[body.capital & ~body.short], MAX_NAMES),
        terms=terms,
        counts=counts,
        title=distinct(heading),
        lead=lead,
        entities=np.array([entity_key(e.name, e.type) for e in entities], dtype=np.uint32),
        saliences=np.array([math.ceil(e.salience * 255) for e in entities], dtype=np.uint8),
        numbers=np.array(sorted(written)[:MAX_NUMBERS], dtype=np.uint32),
        days=frozenset(named_days),
        weekdays=frozenset(named_weekdays),
        speaker=_main_speaker(article),
        skeleton=smallest(skeleton(body, article.source), MAX_SKELETON),
        keys=np.zeros(0, dtype=np.uint32),
    )


def _terms(hashes: Hashes) -> tuple[Hashes, npt.NDArray[np.uint8]]:
    terms, counts = counted(hashes)
    if len(terms) > MAX_TERMS:
        # In a long article the words that come early or often tell the subject.
        first = np.unique(hashes, return_index=True)[1]
        best = np.lexsort((first, -counts))[:MAX_TERMS]
        best.sort()
        terms, counts = terms[best], counts[best]
    return terms, np.minimum(counts, 255).astype(np.uint8)


def _quoted(quotes: Sequence[Quote], body: Words, every: Hashes, at: int) -> tuple[Hashes, int]:
    """Return the shingles of the quotes, and how many words the quotes have.

    No shingle crosses the end of a quote. ``every`` are the body's shingles; the body begins ``at``
    that place of the text.
    """
    begin = np.array([at + quote.start for quote in quotes[:_QUOTES]], dtype=np.int64)
    end = np.array([at + quote.end for quote in quotes[:_QUOTES]], dtype=np.int64)
    first = body.starts.searchsorted(begin)
    # The offsets come from another program: an end before the start is an empty quote.
    last = body.starts.searchsorted(np.clip(end, begin, begin + _QUOTE_CHARS))
    parts = [
        every[start : stop - SHINGLE + 1]
        for start, stop in zip(first.tolist(), last.tolist(), strict=True)
        if stop - start >= SHINGLE
    ]
    found = np.concatenate(parts) if parts else every[:0]
    return smallest(found, MAX_QUOTED), int((last - first).sum())


def _main_speaker(article: TaggedArticle) -> int:
    said: dict[str, int] = {}
    for quote in article.quotes[:200]:
        if quote.speaker:
            said[quote.speaker] = said.get(quote.speaker, 0) + len(quote.text)
    if not said:
        return 0
    name = max(said, key=lambda one: (said[one], one)).lower().rsplit(" ", 1)[-1]
    if name not in (article.title + " " + article.body[:_LEAD_CHARS]).lower():
        return 0
    return crc32(b"entity " + name.encode())
