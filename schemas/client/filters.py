"""Filters of a subscription.

Filters are applied in the client: Kafka sends every message of the topic.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from ..article import EnrichedArticle, VerdictKind
from ..dead_letter import DeadLetter, Outcome
from ..story import Story, StoryChange, StoryEntity
from ..tags import Entity, ExternalIds

Wanted = str | Collection[str]
"""One value, or several of which one has to match."""

Predicate = Callable[[Any], bool]


def article_entity(article: EnrichedArticle, wanted: set[str]) -> bool:
    """Match an entity by any id, canonical name, alias or mention; case is ignored."""
    return any(
        _normalise(name) in wanted
        for entity in article.entities
        for name in (
            entity.entity_id,
            entity.name,
            entity.wikidata_id or "",
            *_external(entity.external_ids),
            *(mention.text for mention in entity.mentions),
            *_names_of_aliases(entity),
        )
    )


def story_entity(story: Story, wanted: set[str]) -> bool:
    """Match an entity or a place of the story by any id, name or alias; case is ignored."""
    return any(
        _normalise(name) in wanted
        for one in (*story.entities, *story.places)
        for name in (
            one.entity_id,
            one.name,
            *_external(one.external_ids),
            *_names_of_aliases(one),
        )
    )


def _external(ids: ExternalIds | None) -> Iterable[str]:
    return () if ids is None else ids.model_dump(exclude_none=True).values()


def _names_of_aliases(entity: Entity | StoryEntity) -> Iterator[str]:
    for alias in entity.aliases or ():
        yield alias.entity_id
        yield alias.name


def language(tag: str, wanted: set[str]) -> bool:
    """Match a language tag: `en` matches `en` and `en-GB` (basic filtering of RFC 4647)."""
    parts = _normalise(tag).split("-")
    return any("-".join(parts[:end]) in wanted for end in range(1, len(parts) + 1))


_FILTERS: Mapping[str, Mapping[str, Callable[[Any, set[str]], bool]]] = {
    "enriched": {
        "entity": article_entity,
        "language": lambda article, wanted: language(article.language, wanted),
        "verdict": lambda article, wanted: article.verdict.kind in wanted,
        "outlet": lambda article, wanted: (
            _normalise(article.source) in wanted or _normalise(article.site_name or "") in wanted
        ),
        "story": lambda article, wanted: _normalise(article.story_id or "") in wanted,
    },
    "stories": {
        "entity": story_entity,
        "language": lambda story, wanted: any(language(one, wanted) for one in story.languages),
        "change": lambda story, wanted: story.change in wanted,
        "outlet": lambda story, wanted: any(
            _normalise(article.source) in wanted for article in story.articles
        ),
        "story": lambda story, wanted: _normalise(story.story_id) in wanted,
    },
    "dead-letters": {
        "outcome": lambda letter, wanted: letter.outcome in wanted,
        "reason": lambda letter, wanted: _normalise(letter.reason) in wanted,
        "stage": lambda letter, wanted: _normalise(letter.stage) in wanted,
    },
}

_CHOICES: Mapping[str, type[StrEnum]] = {
    "verdict": VerdictKind,
    "change": StoryChange,
    "outcome": Outcome,
}

Model = EnrichedArticle | Story | DeadLetter


def build(kind: str, filters: Mapping[str, Wanted | None], where: Predicate | None) -> Predicate:
    """Build a predicate that is true if all filters and `where` are true.

    Raises `TypeError` for a filter that the kind of message does not have, and `ValueError` for
    a value that no message can have.
    """
    known = _FILTERS[kind]
    predicates: list[Predicate] = [] if where is None else [where]
    for name, value in filters.items():
        if name not in known:
            raise TypeError(
                f"subscribe({kind!r}) has no filter {name!r}; it has {', '.join(known)}."
            )
        if value is not None:
            predicates.insert(0, _predicate(known[name], _wanted(name, value)))
    return lambda message: all(predicate(message) for predicate in predicates)


def _predicate(matches: Callable[[Any, set[str]], bool], wanted: set[str]) -> Predicate:
    return lambda message: matches(message, wanted)


def _wanted(name: str, value: Wanted) -> set[str]:
    wanted = {_normalise(one) for one in ([value] if isinstance(value, str) else value)}
    if not wanted or "" in wanted:
        raise ValueError(f"{name} is empty; leave it out to get all messages.")
    if name in _CHOICES:
        choices = [choice.value for choice in _CHOICES[name]]
        for one in sorted(wanted - set(choices)):
            raise ValueError(f"{name} {one!r} is none of {', '.join(choices)}.")
    return wanted


def _normalise(text: str) -> str:
    return " ".join(text.casefold().split())
