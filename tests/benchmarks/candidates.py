"""Compare three ways to find candidates for copies, on the same texts and edits.

The shard's table of the smallest shingles is compared with MinHash and banded LSH as implemented
by rensa and datasketch. Each method searches for the source of every edited copy. The verification
of the candidates is the same for all methods, so only three figures are compared: whether the
source is among the candidates, the number of candidates, and the time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

from services.dedup.features.article_features import LEAD_SHINGLES, LEAD_WORDS
from services.dedup.features.tokens import SHINGLE_WORDS, bottom_k, shingles, tokenize
from services.dedup.near_duplicates.article_index import FINGERPRINT_SHINGLES, ArticleIndex
from tests.quality import streams
from tests.quality.edits import EDITS

EVAL = streams.EVAL
HEAD = ("method", "recall", *EDITS, "candidates", "ms a text")
TEXTS, COPIES = 4000, 600
PERMUTATIONS = 128
BANDS = 64
"""Bands of two rows, the smallest that both rensa and datasketch support. Small bands also find
texts that share little."""
Search = Callable[[str], list[str]]


def _shingle_words(body: str) -> list[str]:
    words = body.lower().split()
    return [
        " ".join(words[i : i + SHINGLE_WORDS])
        for i in range(max(1, len(words) - SHINGLE_WORDS + 1))
    ]


def _rensa(texts: dict[str, str]) -> Search:
    names = list(texts)
    index = RMinHashLSH(threshold=0.2, num_perm=PERMUTATIONS, num_bands=BANDS)

    def sketch(body: str) -> RMinHash:
        minhash = RMinHash(num_perm=PERMUTATIONS, seed=1)
        minhash.update(_shingle_words(body))
        return minhash

    for number, body in enumerate(texts.values()):
        index.insert(number, sketch(body))
    return lambda body: [names[number] for number in index.query(sketch(body))]


def _datasketch(texts: dict[str, str]) -> Search:
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))

    def sketch(body: str) -> MinHash:
        minhash = MinHash(num_perm=PERMUTATIONS, seed=1)
        minhash.update_batch([one.encode() for one in _shingle_words(body)])
        return minhash

    for name, body in texts.items():
        index.insert(name, sketch(body))
    return lambda body: [str(name) for name in index.query(sketch(body))]


def _shard(texts: dict[str, str]) -> Search:
    index = ArticleIndex()

    def keys(body: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
        every = shingles(tokenize(body).hashes)
        sample = bottom_k(every, FINGERPRINT_SHINGLES)
        smallest: np.ndarray[tuple[int], np.dtype[np.uint32]] = np.unique(
            np.concatenate((sample, bottom_k(every[:LEAD_WORDS], LEAD_SHINGLES)))
        )
        return smallest

    for name, body in texts.items():
        index.add(name, keys(body))
    return lambda body: index.search(keys(body))


METHODS = {
    f"rensa {PERMUTATIONS}, {BANDS} bands": _rensa,
    f"datasketch {PERMUTATIONS}, {BANDS} bands": _datasketch,
    f"shard: {FINGERPRINT_SHINGLES} smallest + {LEAD_SHINGLES} of the lead": _shard,
}


def compare(folder: Path) -> tuple[list[list[object]], dict[str, float | int | str]]:
    """Return the lines of the table and the figures; both empty without the evaluation folder."""
    path = folder / "bulk/reuters21578.jsonl"
    if not path.exists():
        return [], {}
    long = [r for r in streams.rows(path) if r["text"] and len(r["text"].split()) >= 40][:TEXTS]
    texts = {row["id"]: row["text"] for row in long}
    chance = random.Random(2)  # noqa: S311 - fixed for repeatable figures
    copies = [
        (edit, name, EDITS[edit]("", texts[name], chance)[1])
        for number, name in enumerate(chance.sample(list(texts), COPIES))
        for edit in [list(EDITS)[number % len(EDITS)]]
    ]
    lines: list[list[object]] = []
    figures: dict[str, float | int | str] = {}
    for method, build in METHODS.items():
        began = time.perf_counter()
        search = build(texts)
        right = dict.fromkeys(EDITS, 0)
        candidates = 0
        for edit, name, body in copies:
            found = search(body)
            right[edit] += name in found
            candidates += len(found)
        spent = (time.perf_counter() - began) / (len(texts) + len(copies)) * 1e3
        each = COPIES / len(EDITS)
        recall = sum(right.values()) / COPIES
        lines.append(
            [method, recall, *(n / each for n in right.values()), candidates / COPIES, spent]
        )
        figures |= {f"{method.split()[0].strip(':')}.recall": round(recall, 4)}
        figures |= {f"{method.split()[0].strip(':')}.ms": round(spent, 4)}
    return lines, figures
