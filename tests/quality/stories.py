"""Read the labelled story sets, and score a clustering against their labels."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.article import TaggedArticle
from tests.quality import streams
from tests.quality.tags import NewsloomTagger, SpacyTagger, Tagger

NAMES = ("giveme5w", "mmds2025_dev_en", "basil", "ecbplus", "allsides")
"""The labelled sets that are scored."""
TRAINED = NAMES[:3]
"""Those that the weights are trained on. Nothing is trained on the other two, because training on
them lowers the score of giveme5w when that is left out (docs/experiments.md)."""
CACHE = Path(os.environ.get("NEWSLOOM_TAG_CACHE", "build/cache/tags"))


def labelled(path: Path, tagger: Tagger) -> list[tuple[TaggedArticle, str]]:
    """Return the tagged articles of a file in order of arrival, with the labels of their events."""
    rows = streams.rows(path)
    return tag_all([{**row, "set": path.stem} for row in rows], tagger)


def tag_all(rows: Sequence[dict[str, Any]], tagger: Tagger) -> list[tuple[TaggedArticle, str]]:
    """Return rows as tagged articles in order of arrival, with the labels of their events."""
    labels = {streams.article(r, streams.FIRST_SEEN).article_id: r for r in rows}
    tagged = []
    for article in streams.stream(rows):
        row = labels[article.article_id]
        tagged.append((tagger(article), f"{row['set']}/{row['event_id']}"))
    return tagged


def labelled_set(folder: Path, name: str, tagger: Tagger) -> list[tuple[TaggedArticle, str]]:
    """Return a labelled set of the evaluation folder by its name."""
    return labelled(folder / "stories" / f"{name}.jsonl", tagger)


def tagger_named(name: str) -> Tagger:
    """Return the tagging stage's own tagger (``newsloom``), or the plain one (``plain``)."""
    return NewsloomTagger() if name == "newsloom" else SpacyTagger(CACHE)


def bcubed(found: Sequence[str], gold: Sequence[str]) -> tuple[float, float, float]:
    """Return BCubed precision, recall and F1 (Amigó et al. 2009) of a clustering."""
    both = Counter(zip(found, gold, strict=True))
    of_found, of_gold = Counter(found), Counter(gold)
    count = max(1, len(found))
    precision = sum(n * n / of_found[f] for (f, _g), n in both.items()) / count
    recall = sum(n * n / of_gold[g] for (_f, g), n in both.items()) / count
    return precision, recall, _f1(precision, recall)


def pairwise(found: Sequence[str], gold: Sequence[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the pairs of articles that are in one story."""
    right = _pairs(Counter(zip(found, gold, strict=True)))
    precision = right / max(1, _pairs(Counter(found)))
    recall = right / max(1, _pairs(Counter(gold)))
    return precision, recall, _f1(precision, recall)


def _pairs(counts: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
