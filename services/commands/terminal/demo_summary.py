"""What the demo has received so far, and its summary, which fits on one screen."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field

from rich.console import Group
from rich.table import Table
from rich.text import Text

from schemas.article import EnrichedArticle, VerdictKind
from schemas.dead_letter import DeadLetter, Outcome
from schemas.story import Story
from services.commands.terminal.render import one_line
from services.commands.terminal.wording import counted

_STORIES = 8
_REASONS = 3


@dataclass(slots=True)
class Received:
    """The outcomes and the last state of each story."""

    verdicts: Counter[VerdictKind] = field(default_factory=Counter)
    reasons: Counter[tuple[Outcome, str]] = field(default_factory=Counter)
    stories: dict[str, Story] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    """Seconds from the raw record to the enriched one, one for each article."""

    @property
    def outcomes(self) -> int:
        """The number of articles that have an outcome."""
        return self.verdicts.total() + self.reasons.total()

    def add_article(self, article: EnrichedArticle, timestamp: float) -> None:
        """Count an article; `timestamp` is that of its record, in seconds."""
        self.verdicts[article.verdict.kind] += 1
        self.latencies.append(timestamp - article.ingested_at.timestamp())

    def add_letter(self, letter: DeadLetter) -> None:
        """Count a dead letter."""
        self.reasons[letter.outcome, letter.reason] += 1

    def add_story(self, story: Story) -> None:
        """Keep the state of a story in place of the one before."""
        self.stories[story.story_id] = story


def summary(
    received: Received, published: int, refused: list[tuple[str, str]], seconds: float
) -> Group:
    """Return the counts of articles by outcome, the latency and the largest stories.

    `seconds` is the duration of the whole demo.
    """
    rows = [
        ("articles in", counted(published, "article")),
        ("enriched", _verdicts(received.verdicts)),
        *(
            (name, _letters(received.reasons, outcome))
            for name, outcome in (
                ("filtered", Outcome.FILTERED),
                ("dead letters", Outcome.FAILED),
            )
        ),
        ("refused", "; ".join(f"{origin}: {why}" for origin, why in refused) or "none"),
        ("latency", _latency(received.latencies)),
        ("stories", _stories(received.stories)),
        ("total time", f"{seconds:.1f} s"),
    ]
    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts.add_column(style="bold", no_wrap=True)
    facts.add_column(overflow="ellipsis", no_wrap=True)
    for name, value in rows:
        facts.add_row(name, _cut(value))
    return Group("", facts, "", _largest(received.stories))


def _verdicts(verdicts: Counter[VerdictKind]) -> str:
    plural = {VerdictKind.COPY: "copies"}
    each = (counted(verdicts[kind], kind.value, plural.get(kind, "")) for kind in VerdictKind)
    return ", ".join(each)


def _letters(reasons: Counter[tuple[Outcome, str]], outcome: Outcome) -> str:
    found = Counter(
        {reason: number for (kind, reason), number in reasons.items() if kind == outcome}
    )
    if not found:
        return "0"
    named = [f"{reason} {number}" for reason, number in found.most_common(_REASONS)]
    more = ["…"] if len(found) > _REASONS else []
    return f"{found.total()} ({', '.join(named + more)})"


def _latency(latencies: list[float]) -> str:
    if len(latencies) < 2:  # noqa: PLR2004 - quantiles need two values
        return "not measured"
    cuts = statistics.quantiles(latencies, n=100, method="inclusive")
    return f"p50 {cuts[49]:.1f} s, p99 {cuts[98]:.1f} s from raw to enriched (published at once)"


def _stories(stories: dict[str, Story]) -> str:
    several = sum(story.article_count > 1 for story in stories.values())
    return f"{len(stories)}, {several} of them with several articles"


def _largest(stories: dict[str, Story]) -> Table:
    table = Table("articles", "story", "outlets", box=None, padding=(0, 2, 0, 0), expand=True)
    table.columns[0].justify = "right"
    table.columns[1].ratio, table.columns[2].ratio = 3, 2
    ordered = sorted(stories.values(), key=lambda one: (-one.article_count, one.headline))
    for story in ordered[:_STORIES]:
        outlets = ", ".join(dict.fromkeys(article.source for article in story.articles))
        table.add_row(str(story.article_count), _cut(story.headline), _cut(outlets))
    if len(ordered) > _STORIES:
        table.add_row("", f"and {len(ordered) - _STORIES} more", "", style="dim")
    return table


def _cut(text: str) -> Text:
    return Text(one_line(text), overflow="ellipsis", no_wrap=True)
