"""Make valid stories: the state of a story after a change, and the merge of two stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ..article import EnrichedArticle, VerdictKind
from ..envelope import deterministic_id
from ..story import Story, StoryArticle, StoryChange, StoryEntity


def story(*articles: EnrichedArticle, after: Story | None = None, **fields: Any) -> Story:
    """Make the state of a story that the articles were added to.

    Without `after` the story is new, and begins with version 1; otherwise it is the next version
    of that story. A later revision or a retraction replaces the article in the list. `fields` are
    further fields of `Story`.

    Raises `ValueError` if the story has no article.
    """
    listed = {one.article_id: one for one in after.articles} if after else {}
    for one in articles:
        listed[one.article_id] = _listed(one, listed.get(one.article_id))
    if not listed:
        raise ValueError("A story has at least one article.")
    languages = [*(after.languages if after else ()), *(one.language for one in articles)]
    values = {
        "story_id": _story_id(articles),
        "version": 1,
        "change": StoryChange.CREATED,
        "reason": "no open story is like it",
        "languages": list(dict.fromkeys(languages)),
        "entities": _entities(articles),
    }
    if after:
        values |= {
            "story_id": after.story_id,
            "version": after.version + 1,
            "change": StoryChange.UPDATED,
            "reason": "another article reports it",
            "entities": _united(after.entities, _entities(articles)),
        }
    return Story.model_validate(values | _counts([*listed.values()]) | fields)


def merge(merged: Story, into: Story, **fields: Any) -> tuple[Story, Story]:
    """Make the two messages of a merge, in the order in which they are sent.

    The first is the last state of the story `merged`, whose `merged_into` names the other; the
    second is the state of `into` with the articles of both. `fields` are further fields of the
    second.
    """
    ended = merged.model_copy(
        update={
            "version": merged.version + 1,
            "change": StoryChange.MERGED,
            "reason": "reports the same happening",
            "merged_into": into.story_id,
        }
    )
    listed = {one.article_id: one for one in (*into.articles, *merged.articles)}
    values = into.model_dump() | {
        "version": into.version + 1,
        "change": StoryChange.UPDATED,
        "reason": f"took in story {merged.story_id}",
        "languages": list(dict.fromkeys([*into.languages, *merged.languages])),
        "entities": _united(into.entities, merged.entities),
    }
    return ended, Story.model_validate(values | _counts([*listed.values()]) | fields)


def _story_id(articles: Sequence[EnrichedArticle]) -> str:
    given = (one.story_id for one in articles if one.story_id)
    return next(given, f"s-{deterministic_id('story', *(one.article_id for one in articles))}")


def _listed(article: EnrichedArticle, known: StoryArticle | None) -> StoryArticle:
    """Return how the story lists an article; a revision remains the original or copy it was."""
    kind = article.verdict.kind
    if kind is VerdictKind.REVISION:
        kind = known.verdict if known else VerdictKind.ORIGINAL
    stated = article.published.utc if article.published else None
    return StoryArticle(
        article_id=article.article_id,
        url=article.url,
        source=article.source,
        title=article.title,
        verdict=kind,
        at=stated or article.ingested_at,
    )


def _counts(listed: Sequence[StoryArticle]) -> dict[str, Any]:
    """Return the fields of a story that follow from its list of articles."""
    kinds = Counter(one.verdict for one in listed)
    times = sorted(one.at for one in listed)
    return {
        "headline": listed[0].title,
        "started_at": times[0],
        "latest_at": times[-1],
        "articles": list(listed),
        "article_count": len(listed),
        "original_count": kinds[VerdictKind.ORIGINAL],
        "copy_count": kinds[VerdictKind.COPY],
        "retraction_count": kinds[VerdictKind.RETRACTION],
        "outlet_count": len({one.source for one in listed}),
    }


def _entities(articles: Iterable[EnrichedArticle]) -> list[StoryEntity]:
    found = (
        StoryEntity(
            entity_id=one.entity_id,
            name=one.name,
            type=one.type,
            weight=one.salience,
            external_ids=one.external_ids,
        )
        for article in articles
        for one in article.entities
    )
    return _united(found)


def _united(*lists: Iterable[StoryEntity]) -> list[StoryEntity]:
    """Return the entities of several lists without repeats, highest weight first."""
    found = {one.entity_id: one for entities in lists for one in entities}
    return sorted(found.values(), key=lambda one: (-one.weight, one.entity_id))
