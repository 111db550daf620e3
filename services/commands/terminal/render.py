"""Render messages for a person at a terminal, one line each.

A line has the message's kind, its whole id (so that it can be copied), and what it is about, cut at
the width of the terminal. Outside a terminal nothing is cut.
"""

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
_KIND_WIDTH = 10  # the longest are "retraction" and "unreadable"
_OUTLET_WIDTH = 20
_OUTLET_FROM = 100
"""Terminal width from which the outlet has its own column; a narrower one shows it at the end."""

_NAMES = 5


def enriched(article: EnrichedArticle, width: int) -> Text:
    """Render an article: verdict, id, outlet, headline, reason, names."""
    kind = article.verdict.kind
    line = _line(kind, f"bold {_COLOURS[kind]}", article.article_id)
    if width >= _OUTLET_FROM:
        line.append(f"{_shortened(article.source, _OUTLET_WIDTH):<{_OUTLET_WIDTH}}  ", "dim")
    line.append(one_line(article.title), "bold")
    details = [] if width >= _OUTLET_FROM else [article.source]
    if kind is not VerdictKind.ORIGINAL:
        details.append(article.verdict.reason)
    if names := ", ".join(entity.name for entity in article.entities[:_NAMES]):
        details.append(names)
    return _with(line, details)


def story(state: Story) -> Text:
    """Render a story: change, id, headline, size, reason."""
    colour = "blue" if state.change is not StoryChange.MERGED else "magenta"
    line = _line(state.change, f"bold {colour}", state.story_id)
    line.append(one_line(state.headline), "italic")
    size = f"{counted(state.article_count, 'article')}, {counted(state.outlet_count, 'outlet')}"
    return _with(line, [f"version {state.version}", size, state.reason])


def dead_letter(letter: DeadLetter) -> Text:
    """Render a dead letter: outcome, id of the article if known, reason, detail."""
    line = _line(letter.outcome, "bold red", letter.article_id or letter.id)
    line.append(letter.reason, "bold")
    return _with(line, [letter.stage, letter.detail])


def _line(kind: str, style: str, identifier: str) -> Text:
    line = Text.assemble((f"{kind:<{_KIND_WIDTH}} ", style))
    return line.append(f"{identifier}  ", "dim")


def _with(line: Text, details: list[str]) -> Text:
    for detail in details:
        line.append(f" · {one_line(detail)}", "dim")
    return line


def one_line(text: str) -> str:
    """Return the text with each run of white space replaced by one space."""
    return " ".join(text.split())


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
