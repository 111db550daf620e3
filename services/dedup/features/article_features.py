"""Extract from an article, once, everything that dedup compares.

Features are hashes and small numbers of bounded size, so that an article of a million
characters costs no more to keep than one of five thousand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from schemas.article import TaggedArticle
from schemas.tags import EntityType, Quote
from services.dedup.features.date_mentions import finder_for, last_weekday
from services.dedup.features.event_time import event_time
from services.dedup.features.recurring_template import template_shingles
from services.dedup.features.tickers import title_tickers
from services.dedup.features.tokenizer import sorted_unique, unique_counts, written_numbers
from services.dedup.features.tokens import (
    SHINGLE_WORDS,
    Hashes,
    Tokens,
    bottom_k,
    half_words,
    no_hashes,
    text_shingles,
    tokenize,
)
from services.dedup.settings import DedupSettings

MAX_SHINGLES: Final = 512
MAX_TERMS: Final = 320
MAX_QUOTED_SHINGLES: Final = 128
MAX_CAPITALIZED_WORDS: Final = 48
MAX_NUMBERS: Final = 48
MAX_ENTITIES: Final = 40
MAX_TEMPLATE_SHINGLES: Final = 40
LEAD_WORDS: Final = 60
"""Words of the body that count as its lead."""
LEAD_SHINGLES: Final = 8

_LEAD_CHARACTERS = 700
"""Characters of the body in which weekdays and the main speaker are looked for."""
_NUMBER_CHARACTERS = 20_000
"""Characters of the body in which numbers are looked for."""
_MAX_QUOTES = 100
_MAX_QUOTE_CHARACTERS = 2000
_MAX_SPEAKER_QUOTES = 200
_MAX_BYTE = 255


@dataclass(frozen=True, slots=True)
class ArticleFeatures:
    """An article as clustering and copy detection see it."""

    event_time: int
    """Seconds since 1970."""
    has_stated_date: bool
    """Whether `event_time` is the stated date and not the time of ingestion."""
    shingle_count: int
    """Distinct shingles of the body, whether sampled or not."""
    text_digest: bytes
    """Eight bytes that are equal only for the same words in the same order."""
    shingles: Hashes
    """The `MAX_SHINGLES` smallest distinct shingles of the body, sorted."""
    lead_shingles: Hashes
    """A few shingles of the first words: what a teaser shares with the whole article."""
    quoted_shingles: Hashes
    """Sample of the shingles of quoted words, sorted."""
    quoted_word_count: int
    capitalized_words: Hashes
    """Sample of the capitalized words, sorted: a recurring template changes its names."""
    terms: Hashes
    """Distinct content words of title and body, sorted."""
    term_counts: npt.NDArray[np.uint8]
    """How often each of `terms` occurs, up to 255."""
    title_terms: Hashes
    """Distinct words of the title, sorted."""
    lead_terms: Hashes
    """Distinct words of the title and of the body's lead, sorted."""
    entity_keys: Hashes
    """Keys of the entities (`entity_key`), most salient first."""
    entity_saliences: npt.NDArray[np.uint8]
    """Salience of each of `entity_keys`, in 255ths."""
    numbers: Hashes
    """Sample of the hashed numbers as written, sorted."""
    days: frozenset[int]
    """Days of the year that the text mentions (`date_mentions.day_code`)."""
    weekdays: frozenset[int]
    """Weekdays that title and lead name; Monday is 0."""
    main_speaker: int
    """Key of the person who is quoted most, if the lead names that person; otherwise 0."""
    template_shingles: Hashes
    """Sample of the shingles around names and numbers, sorted (`recurring_template`)."""
    story_keys: Hashes
    """Terms and entities under which its story is found; empty until they are selected."""
    tickers: Hashes = field(default_factory=no_hashes)
    """Ticker symbols in the title, sorted. They are not stored: the stored title has them."""
    is_unspaced: bool = False
    """Whether most words of the body are pairs of characters. It is not stored: only the article
    being decided is asked."""

    def for_stories_as(self, own: ArticleFeatures) -> ArticleFeatures:
        """Return the features with those that assign a story taken from a part of the article.

        What finds copies stays that of the whole text.
        """
        return replace(
            self,
            terms=own.terms,
            term_counts=own.term_counts,
            lead_terms=own.lead_terms,
            entity_keys=own.entity_keys,
            entity_saliences=own.entity_saliences,
            days=own.days,
            weekdays=own.weekdays,
            main_speaker=own.main_speaker,
            template_shingles=own.template_shingles,
        )


def entity_key(name: str, kind: EntityType | str) -> int:
    """Return the key by which mentions of an entity in different articles are matched.

    A person is matched by the last name, since outlets differ in whether they give the first.
    """
    name = name.lower().removeprefix("the ")
    if kind == EntityType.PERSON:
        name = name.rsplit(" ", 1)[-1]
    return crc32(b"entity " + name.encode())


def extract_features(article: TaggedArticle, settings: DedupSettings) -> ArticleFeatures:
    """Return the features of an article; `story_keys` are empty."""
    seconds, is_stated = event_time(article, settings)
    body_start = len(article.title) + 1
    title, body = tokenize(article.title + "\n" + article.body).split_at(body_start)
    body_shingles = text_shingles(body)
    is_content = ~(body.is_short | body.has_digit)
    title_words = title.hashes[~title.is_short]
    terms, term_counts = _terms(np.concatenate((body.hashes[is_content], title_words)))
    lead_end = min(LEAD_WORDS, len(body.hashes))
    lead_words = body.hashes[:lead_end][is_content[:lead_end]]
    entities = article.entities[:MAX_ENTITIES]
    quoted_shingles, quoted_word_count = _quoted(article.quotes, body, body_shingles, body_start)
    days, weekdays = _dates(article, seconds if is_stated else None)
    numbers = {crc32(n.encode()) for n in written_numbers(article.body[:_NUMBER_CHARACTERS])}
    distinct_shingles = sorted_unique(body_shingles)
    return ArticleFeatures(
        event_time=seconds,
        has_stated_date=is_stated,
        shingle_count=len(distinct_shingles),
        text_digest=blake2b(body.hashes.tobytes(), digest_size=8).digest(),
        shingles=distinct_shingles[:MAX_SHINGLES],
        lead_shingles=bottom_k(body_shingles[:LEAD_WORDS], LEAD_SHINGLES),
        quoted_shingles=quoted_shingles,
        quoted_word_count=quoted_word_count,
        capitalized_words=bottom_k(
            body.hashes[body.is_capitalized & ~body.is_short], MAX_CAPITALIZED_WORDS
        ),
        terms=terms,
        term_counts=term_counts,
        title_terms=sorted_unique(title_words),
        lead_terms=sorted_unique(np.concatenate((title_words, lead_words))),
        entity_keys=np.array([entity_key(e.name, e.type) for e in entities], dtype=np.uint32),
        entity_saliences=np.array(
            [math.ceil(e.salience * _MAX_BYTE) for e in entities], dtype=np.uint8
        ),
        numbers=np.array(sorted(numbers)[:MAX_NUMBERS], dtype=np.uint32),
        days=days,
        weekdays=weekdays,
        main_speaker=_main_speaker(article),
        template_shingles=bottom_k(template_shingles(body, article.source), MAX_TEMPLATE_SHINGLES),
        story_keys=no_hashes(),
        tickers=title_tickers(article.title),
        is_unspaced=2 * int(body.is_pair.sum()) > len(body.is_pair),
    )


def _terms(hashes: Hashes) -> tuple[Hashes, npt.NDArray[np.uint8]]:
    terms, counts = unique_counts(hashes)
    if len(terms) > MAX_TERMS:
        # The words that come early or often carry a long article's subject.
        first = np.unique(hashes, return_index=True)[1]
        best = np.lexsort((first, -counts))[:MAX_TERMS]
        best.sort()
        terms, counts = terms[best], counts[best]
    return terms, np.minimum(counts, _MAX_BYTE).astype(np.uint8)


def _quoted(
    quotes: Sequence[Quote], body: Tokens, body_shingles: Hashes, body_start: int
) -> tuple[Hashes, int]:
    """Return a sample of the quotes' shingles, and how many words the quotes have.

    No shingle reaches beyond the ends of its quote. ``body_start`` is the offset of the body in
    the tokenized text.
    """
    begin = np.array([body_start + quote.start for quote in quotes[:_MAX_QUOTES]], dtype=np.int64)
    end = np.array([body_start + quote.end for quote in quotes[:_MAX_QUOTES]], dtype=np.int64)
    first = body.starts.searchsorted(begin)
    # The offsets come with the message and may be wrong: an end before its start is an empty quote.
    last = body.starts.searchsorted(np.clip(end, begin, begin + _MAX_QUOTE_CHARACTERS))
    halves = half_words(body)
    # The last shingle of a quote begins where as many words as a shingle has are left.
    ends = halves.searchsorted(halves[last] - 2 * SHINGLE_WORDS, side="right")
    parts = [
        body_shingles[start:end]
        for start, end in zip(first.tolist(), ends.tolist(), strict=True)
        if end > start
    ]
    found = np.concatenate(parts) if parts else body_shingles[:0]
    return bottom_k(found, MAX_QUOTED_SHINGLES), int((last - first).sum())


def _dates(article: TaggedArticle, published: int | None) -> tuple[frozenset[int], frozenset[int]]:
    """Return the days that an article mentions, and the weekdays that its title and lead name.

    With a date of publication, in seconds since 1970, the named weekdays count as days too.
    """
    finder = finder_for(article.language)
    days = finder.days(article.title + "\n" + article.body)
    weekdays = finder.weekdays(article.title + "\n" + article.body[:_LEAD_CHARACTERS])
    if published is not None:
        day = datetime.fromtimestamp(published, UTC).date()
        days |= {last_weekday(weekday, day) for weekday in weekdays}
    return frozenset(days), frozenset(weekdays)


def _main_speaker(article: TaggedArticle) -> int:
    quoted_characters: dict[str, int] = {}
    for quote in article.quotes[:_MAX_SPEAKER_QUOTES]:
        if quote.speaker:
            said = quoted_characters.get(quote.speaker, 0)
            quoted_characters[quote.speaker] = said + len(quote.text)
    if not quoted_characters:
        return 0
    speaker = max(quoted_characters, key=lambda one: (quoted_characters[one], one))
    last_name = speaker.lower().rsplit(" ", 1)[-1]
    if last_name not in (article.title + " " + article.body[:_LEAD_CHARACTERS]).lower():
        return 0
    return crc32(b"entity " + last_name.encode())
