"""Score teasers against their articles: ``python -m tests.quality.score_teasers``.

Teasers of Reuters articles (`teasers.py`) are mixed into the wire, half of them before the article
and half after it, and a shard decides on all in order, without entities. A pair is found if the
later of the two is called a copy of the earlier one, or of the article that the earlier one copies.
A pair is together if both end in one story. A copy verdict that names a teaser, or is on one, is
wrong if it links the teaser with an article whose text does not have the teaser's words; precision
is the share of the others. As the wire repeats articles, a link counts as right if the article has
70 % of the teaser in runs of eight words, or is the source.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from schemas.article import TaggedArticle
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.settings import DedupSettings
from tests.in_memory_rows import InMemoryRows
from tests.quality import report, score_stream, streams, teasers
from tests.quality.score_dedup import same_in_runs

TEASERS_PER_KIND = 250


class Outcome:
    """What a shard decided on a stream: the original, and the story, of each row by id."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        """Decide on all rows in order."""
        store = InMemoryRows()
        shard = Shard(DedupSettings(copies_kept=timedelta(days=3650)), store)
        articles = [score_stream.untagged(one) for one in streams.stream(rows, keep_order=True)]
        names = {a.article_id: str(row["id"]) for a, row in zip(articles, rows, strict=True)}
        self.original: dict[str, str] = {}
        self.story: dict[str, str] = {}
        for article in articles:
            self._decide(shard, store, article, names)
        for name, story in self.story.items():
            state = shard.story(story)
            while state is not None and state.merged_into:
                self.story[name] = state.merged_into
                state = shard.story(state.merged_into)

    def _decide(
        self, shard: Shard, store: InMemoryRows, article: TaggedArticle, names: dict[str, str]
    ) -> None:
        decision = shard.decide(article, MessageIdentity(article.revision_id, 1))
        store.apply(decision.changes)
        name = names[article.article_id]
        self.story[name] = str(decision.story_id)
        if decision.verdict is not None and decision.verdict.copy_of is not None:
            self.original[name] = names[decision.verdict.copy_of]

    def root(self, name: str) -> str:
        """Return the original of an article, or the article itself."""
        return self.original.get(name, name)


def score(
    rows: list[dict[str, Any]], count: int
) -> tuple[list[list[object]], dict[str, float | int | str]]:
    """Return lines of the table, and figures."""
    mixed = teasers.plant(rows, count)
    found = Outcome(mixed)
    by_id = {row["id"]: row for row in mixed}
    planted = [row for row in mixed if row.get("teaser")]
    total: Counter[str] = Counter(row["teaser"] for row in planted)
    linked = Counter(r["teaser"] for r in planted if found.root(r["id"]) == found.root(r["of"]))
    together = Counter(r["teaser"] for r in planted if found.story[r["id"]] == found.story[r["of"]])
    links = [
        (name, of)
        for name, of in found.original.items()
        if by_id[name].get("teaser") or by_id[of].get("teaser")
    ]
    right = sum(_is_right(by_id[name], by_id[of]) for name, of in links)
    lines: list[list[object]] = [
        [kind, n, linked[kind] / max(1, n), together[kind] / max(1, n)] for kind, n in total.items()
    ]
    every = max(1, total.total())
    figures: dict[str, float | int | str] = {
        "recall": linked.total() / every,
        "together": together.total() / every,
        "precision": right / max(1, len(links)),
        "links": len(links),
    }
    lines.append(["all", total.total(), figures["recall"], figures["together"]])
    return lines, figures


def _is_right(one: dict[str, Any], other: dict[str, Any]) -> bool:
    sources = {row.get("of", row["id"]) for row in (one, other)}
    return len(sources) == 1 or same_in_runs(one["text"], other["text"])


def main() -> None:
    """Score teasers of the wire of the evaluation folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=streams.EVAL)
    parser.add_argument("--limit", type=int, help="read only the first articles")
    parser.add_argument("--teasers", type=int, default=TEASERS_PER_KIND, help="of each kind")
    options = parser.parse_args()
    path = options.eval / score_stream.WIRE
    if not path.exists():
        report.progress(f"no evaluation folder at {options.eval}: nothing scored")
        return
    lines, figures = score(score_stream.wire(path, options.limit), options.teasers)
    report.show("Teasers", ("kind", "teasers", "called copies", "in one story"), lines)
    report.progress(
        f"precision of the links of teasers: {figures['precision']:.3f} of {figures['links']}"
    )
    report.write("score-teasers", figures)


if __name__ == "__main__":
    main()
