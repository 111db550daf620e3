"""How messages and the summary of the demo look at several widths."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console, RenderableType

from schemas.article import EnrichedArticle, VerdictKind
from schemas.dead_letter import DeadLetter, Outcome
from schemas.story import Story, StoryChange
from services.commands.terminal import render
from services.commands.terminal.demo_summary import Received, summary

NOON = datetime(2025, 5, 4, 12, tzinfo=UTC)
TITLE = "Skarholm\ngets its boat back after eleven years of waiting and three petitions"


def an_article(kind: str = "original", number: int = 1) -> EnrichedArticle:
    """An article with only the fields that are shown."""
    construct: Any = EnrichedArticle.model_construct
    article: EnrichedArticle = construct(
        article_id=f"{number:032x}",
        source="islandtimes.example",
        title=TITLE,
        entities=[],
        ingested_at=NOON,
        verdict=SimpleNamespace(kind=VerdictKind(kind), reason="no earlier article has its text"),
    )
    return article


def a_story(number: int, articles: int) -> Story:
    """A story with only the fields that are shown."""
    construct: Any = Story.model_construct
    story: Story = construct(
        story_id=f"s-{number:032x}",
        version=2,
        change=StoryChange.UPDATED,
        reason="an article joined",
        headline=f"Story {number}: {TITLE}",
        article_count=articles,
        outlet_count=1,
        articles=[],
    )
    return story


def a_letter() -> DeadLetter:
    return DeadLetter(
        id="9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b",
        outcome=Outcome.FILTERED,
        reason="too_short",
        detail="4 words",
        stage="cleaning",
        topic="newsloom.articles.raw",
        partition=0,
        offset=1,
        timestamp=NOON,
    )


def printed(what: RenderableType, width: int) -> list[str]:
    target = io.StringIO()
    console = Console(file=target, width=width, color_system=None, force_terminal=True)
    console.print(what, no_wrap=True, overflow="ellipsis")
    return target.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 120, 1000])
def test_every_message_is_one_line_with_its_whole_id(width: int) -> None:
    shown = {
        an_article().article_id: render.enriched(an_article(), width),
        a_story(1, 3).story_id: render.story(a_story(1, 3)),
        a_letter().id: render.dead_letter(a_letter()),
    }

    for identifier, text in shown.items():
        (line,) = printed(text, width)
        assert identifier in line
        assert len(line) <= width


def test_nothing_is_cut_outside_a_terminal() -> None:
    (line,) = printed(render.enriched(an_article("copy"), 1000), 1000)

    assert " ".join(TITLE.split()) in line
    assert "islandtimes.example" in line
    assert line.endswith("no earlier article has its text")


@pytest.mark.parametrize("width", [80, 120])
def test_the_summary_fits_on_one_screen(width: int) -> None:
    received = Received()
    for number, kind in enumerate(VerdictKind):
        received.add_article(an_article(kind, number), NOON.timestamp() + number)
    received.add_letter(a_letter())
    for number in range(30):
        received.add_story(a_story(number, 1 + number % 3))

    lines = printed(summary(received, 5, [("page.html", "is no article")], 20.0), width)

    assert len(lines) <= 24
    assert all(len(line) <= width for line in lines)
    text = "\n".join(lines)
    assert "1 original, 1 copy, 1 revision, 1 retraction" in text
    assert "1 (too_short 1)" in text
    assert "page.html: is no article" in text
    assert "p50 1.5 s, p99 3.0 s" in text
    assert "30, 20 of them with several articles" in text
    assert "and 22 more" in text


def test_the_summary_of_nothing_can_be_shown() -> None:
    assert any("not measured" in line for line in printed(summary(Received(), 0, [], 1.0), 80))


def test_the_last_state_of_a_story_counts() -> None:
    received = Received()
    received.add_story(a_story(1, 1))
    received.add_story(a_story(1, 2))

    assert [story.article_count for story in received.stories.values()] == [2]
