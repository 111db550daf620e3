"""Render messages for a person at a terminal."""

from __future__ import annotations

from rich.text import Text

from schemas.article import EnrichedArticle, VerdictKind
from schemas.dead_letter import DeadLetter
from schemas.story import Story, StoryChange
from services.commands.terminal.wording import counted

_COLOURS = {
    VerdictKind.ORIGINAL: "green",
    VerdictKind.COPY: "yellow",
    VerdictKind.REVISION: "cyan",
    VerdictKind.RETRACTION: "red",
}
_SHOWN = 5


def enriched(article: EnrichedArticle) -> Text:
    """Render an article: verdict, headline, outlet, entities, reason."""
    kind = article.verdict.kind
    line = Text.assemble((f"{kind:<11}", f"bold {_COLOURS[kind]}"), (article.title, "bold"))
    line.append(f"  {article.source}", "dim")
    names = ", ".join(entity.name for entity in article.entities[:_SHOWN])
    details = [f"story {(article.story_id or 'none')[:10]}", article.language]
    if kind is not VerdictKind.ORIGINAL:
        details.append(article.verdict.reason)
    if names:
        details.append(names)
    line.append(f"\n           {' · '.join(details)}", "dim")
    return line


def story(state: Story) -> Text:
    """Render a story: change, headline, size."""
    colour = "blue" if state.change is not StoryChange.MERGED else "magenta"
    line = Text.assemble(("story      ", f"bold {colour}"), (state.headline, "italic"))
    size = f"{counted(state.article_count, 'article')}, {counted(state.outlet_count, 'outlet')}"
    line.append(f"\n           {state.change} v{state.version} · {size} · {state.reason}", "dim")
    return line


def dead_letter(letter: DeadLetter) -> Text:
    """Render a dead letter: outcome, reason, origin."""
    line = Text.assemble((f"{letter.outcome:<11}", "bold red"), letter.reason)
    line.append(f"\n           {letter.stage} · {letter.detail}", "dim")
    return line
