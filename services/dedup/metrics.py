"""The metrics of dedup: its decisions, and the content of its shards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schemas.article import TaggedArticle, Verdict, VerdictKind
from services.dedup.core import Shard
from services.dedup.decision import Decision
from services.dedup.stories.story_sizes import SIZE_CLASSES
from services.observability import metrics
from services.observability.label_cardinality import FirstSeen, TopSources

_MAX_LABEL_CHARS = 80


class DedupMetrics:
    """Counts decisions, and measures the shards after each batch."""

    def __init__(self, stage: str) -> None:
        self._window = metrics.WINDOW.labels(stage)
        self._languages = FirstSeen()
        self._copiers = TopSources()
        self._shown: set[str] = set()

    def count_enriched(self, article: TaggedArticle, verdict: Verdict, decision: Decision) -> None:
        """Count an enriched article that is sent."""
        metrics.ENRICHED.labels(self._languages.label(article.language)).inc()
        if decision.compared is not None:
            for of, compared in zip(("article", "story"), decision.compared, strict=True):
                metrics.CANDIDATES.labels(of).observe(compared)
        if verdict.kind is VerdictKind.COPY:
            self._copiers.add(article.source[:_MAX_LABEL_CHARS])

    def measure_shards(self, shards: Iterable[Shard]) -> None:
        """Set the gauges of the shards, and those of the outlets that copy most."""
        articles = 0
        sizes = Counter(dict.fromkeys(SIZE_CLASSES, 0))
        for shard in shards:
            articles += shard.articles
            sizes.update(shard.story_sizes)
        self._window.set(articles)
        for size, stories in sizes.items():
            metrics.OPEN_STORIES.labels(size).set(stories)
        top = self._copiers.top()
        for source in self._shown - top.keys():
            metrics.COPIES_BY_SOURCE.remove(source)
        for source, copies in top.items():
            metrics.COPIES_BY_SOURCE.labels(source).set(copies)
        self._shown = set(top)
