"""Create a large state quickly, by storing the same articles many times with other hashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.features.tokens import Hashes
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import decode_article, encode_article
from services.dedup.storage.rows import ARTICLES, JOURNAL, Change
from services.dedup.stories.story_codec import decode_story, encode_story
from tests.benchmarks.bench_dedup import World
from tests.benchmarks.store import DiskRows
from tests.in_memory_rows import InMemoryRows

DECIDED: Final = 4000
"""Number of articles that are decided. The other rows are copies with other hashes and ids."""


def fill(folder: Path, articles: int) -> int:
    """Write the rows of about `articles` articles in one language; return the number of rows."""
    rows = InMemoryRows()
    shard = Shard(DedupSettings(), rows)
    for one in World(DECIDED, DECIDED // 5).stream():
        rows.apply(shard.decide(one, MessageIdentity(one.revision_id, 1)).changes)
    stored = DiskRows(folder)
    for number in range(max(1, articles // DECIDED)):
        stored.apply(_variant(rows, number))
    stored.close()
    return len(stored)


def _variant(rows: InMemoryRows, number: int) -> Iterator[Change]:
    """Yield the rows with other ids, and other hashes where articles and stories are found."""
    mask = np.uint32(number * 0x9E3779B1 & 0xFFFFFFFF)

    def renamed(name: str | None) -> str:
        return f"{number:06x}{(name or '')[6:]}"

    def changed(hashes: Hashes) -> Hashes:
        return np.sort(hashes ^ mask)

    for table, key, data in rows.items():
        if key == JOURNAL:
            continue
        if table == ARTICLES:
            row = decode_article(data)
            details = row.details
            details.story_id = renamed(details.story_id)
            details.copy_of = renamed(details.copy_of) if details.copy_of else None
            features = replace(
                row.features,
                shingles=changed(row.features.shingles),
                story_keys=changed(row.features.story_keys),
            )
            other = replace(row, features=features, index=changed(row.index), details=details)
            yield table, renamed(key), encode_article(other)
        else:
            story = decode_story(data)
            for listed in story.articles:
                listed.article_id = renamed(listed.article_id)
            for representative in story.representatives:
                representative.article_id = renamed(representative.article_id)
            for sentence in story.summary:
                sentence.article_id = renamed(sentence.article_id)
            story.headline_article = renamed(story.headline_article)
            story.merged_into = renamed(story.merged_into) if story.merged_into else None
            story.keys = [changed(np.frombuffer(k, np.uint32)).tobytes() for k in story.keys]
            yield table, renamed(key), encode_story(story)
