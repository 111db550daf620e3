"""The types of a subscription, which the type checker of `make lint` verifies."""

from __future__ import annotations

from typing import assert_type

import pytest

from schemas.article import EnrichedArticle
from schemas.client import Received, Subscription, subscribe
from schemas.dead_letter import DeadLetter
from schemas.story import Story


def test_the_topic_decides_the_type_of_the_messages() -> None:
    assert_type(subscribe("enriched", entity="NATO"), Subscription[EnrichedArticle])
    assert_type(subscribe("stories", change=["merged"]), Subscription[Story])
    assert_type(subscribe("dead-letters", reason="empty"), Subscription[DeadLetter])

    async def _read() -> None:
        async for message in subscribe("enriched", where=lambda article: article.word_count > 10):
            assert_type(message, Received[EnrichedArticle])


def test_a_filter_of_another_topic_is_refused_before_it_runs() -> None:
    with pytest.raises(TypeError):
        subscribe("stories", verdict="copy")  # type: ignore[call-overload]  # that is the point
    with pytest.raises(ValueError, match="There is no subscription"):
        subscribe("articles")  # type: ignore[call-overload]  # as above
