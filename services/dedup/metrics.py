"""The metrics of dedup: what its decisions came to, and what its shards hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schemas.article import TaggedArticle, Verdict, VerdictKind
from services.dedup.core import Shard
from services.dedup.decision import Decision
from services.dedup.stories.story_sizes import CLASSES
from services.observability import metrics
from services.observability.label_cardinality import FirstSeen, TopSources

_LONGEST_LABEL = 80


class Figures:
    """Counts decisions, and measures shards after each batch."""

    def __init__(self, stage: str) -> None:
        self._window = metrics.WINDOW.labels(stage)
        self._languages = FirstSeen()
        self._copiers = TopSources()
        self._shown: set[str] = set()

    def enriched(self, article: TaggedArticle, verdict: Verdict, decision: Decision) -> None:
        """An article goes out."""
        metrics.ENRICHED.labels(self._languages.label(article.language)).inc()
        if decision.compared is not None:
            for of, compared in zip(("article", "story"), decision.compared, strict=True):
                metrics.CANDIDATES.labels(of).observe(compared)
        if verdict.kind is VerdictKind.COPY:
            self._copiers.add(article.source[:_LONGEST_LABEL])

    def measure(self, shards: Iterable[Shard]) -> None:
        """What the shards of real languages hold, and who copies most."""
        articles = 0
        sizes = Counter(dict.fromkeys(CLASSES, 0))
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
