"""Which messages a subscriber wants: each filter is a question to the message.

Filters are asked in the client: Kafka sends every message of the topic.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Any

from schemas.article import EnrichedArticle, VerdictKind
from schemas.dead_letter import DeadLetter, Outcome
from schemas.story import Story, StoryChange

Wanted = str | Collection[str]
"""One value, or several of which any will do."""

Test = Callable[[Any], bool]


def article_entity(article: EnrichedArticle, wanted: set[str]) -> bool:
    """By id, Wikidata id, canonical name, or the name the article uses; capitals do not matter."""
    return any(
        _folded(name) in wanted
        for entity in article.entities
        for name in (
            entity.entity_id,
            entity.name,
            entity.wikidata_id or "",
            *(mention.text for mention in entity.mentions),
        )
    )


def story_entity(story: Story, wanted: set[str]) -> bool:
    """By id or canonical name; capitals do not matter."""
    things = (*story.entities, *story.places)
    return any(_folded(name) in wanted for one in things for name in (one.entity_id, one.name))


def language(tag: str, wanted: set[str]) -> bool:
    """`en` takes `en` and `en-GB` (basic filtering of RFC 4647)."""
    parts = _folded(tag).split("-")
    return any("-".join(parts[:end]) in wanted for end in range(1, len(parts) + 1))


_ASKED: Mapping[str, Mapping[str, Callable[[Any, set[str]], bool]]] = {
    "enriched": {
        "entity": article_entity,
        "language": lambda article, wanted: language(article.language, wanted),
        "verdict": lambda article, wanted: article.verdict.kind in wanted,
        "outlet": lambda article, wanted: (
            _folded(article.source) in wanted or _folded(article.site_name or "") in wanted
        ),
        "story": lambda article, wanted: _folded(article.story_id or "") in wanted,
    },
    "stories": {
        "entity": story_entity,
        "language": lambda story, wanted: any(language(one, wanted) for one in story.languages),
        "change": lambda story, wanted: story.change in wanted,
        "outlet": lambda story, wanted: any(
            _folded(article.source) in wanted for article in story.articles
        ),
        "story": lambda story, wanted: _folded(story.story_id) in wanted,
    },
    "dead-letters": {
        "outcome": lambda letter, wanted: letter.outcome in wanted,
        "reason": lambda letter, wanted: _folded(letter.reason) in wanted,
        "stage": lambda letter, wanted: _folded(letter.stage) in wanted,
    },
}

_CHOICES: Mapping[str, type[StrEnum]] = {
    "verdict": VerdictKind,
    "change": StoryChange,
    "outcome": Outcome,
}

Model = EnrichedArticle | Story | DeadLetter


def build(kind: str, filters: Mapping[str, Wanted | None], where: Test | None) -> Test:
    """One test that holds where all filters and `where` hold.

    Raises `TypeError` on a filter that the kind does not have, `ValueError` on a value
    that no message can have.
    """
    known = _ASKED[kind]
    tests: list[Test] = [] if where is None else [where]
    for name, value in filters.items():
        if name not in known:
            raise TypeError(
                f"subscribe({kind!r}) has no filter {name!r}; it has {', '.join(known)}."
            )
        if value is not None:
            tests.insert(0, _test(known[name], _wanted(name, value)))
    return lambda message: all(test(message) for test in tests)


def _test(ask: Callable[[Any, set[str]], bool], wanted: set[str]) -> Test:
    return lambda message: ask(message, wanted)


def _wanted(name: str, value: Wanted) -> set[str]:
    wanted = {_folded(one) for one in ([value] if isinstance(value, str) else value)}
    if not wanted or "" in wanted:
        raise ValueError(f"{name} is empty; leave it out to take all.")
    if name in _CHOICES:
        choices = [choice.value for choice in _CHOICES[name]]
        for one in sorted(wanted - set(choices)):
            raise ValueError(f"{name} {one!r} is none of {', '.join(choices)}.")
    return wanted


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
