"""The conclusion of `newsloom check`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.commands.check import conclusion
from services.operations.audit import DeliveryAudit

with DeliveryAudit() as _audit:
    EMPTY = _audit.report()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, "Nothing was checked: there are no messages."),
        ({"messages": 3}, "The delivery guarantee holds."),
        (
            {"messages": 3, "in_flight": 1},
            "The delivery guarantee holds so far; 1 message in flight.",
        ),
        (
            {"messages": 3000, "in_flight": 2000},
            "The delivery guarantee holds so far; 2,000 messages in flight.",
        ),
        ({"messages": 3, "in_flight": 1, "lost": 1}, "The delivery guarantee is broken."),
        ({"expired": {"newsloom.articles.raw/0": 1}}, "The delivery guarantee is broken."),
    ],
    ids=["nothing", "all", "one in flight", "many in flight", "lost", "expired"],
)
def test_the_conclusion_says_how_far_the_guarantee_was_checked(
    found: dict[str, object], said: str
) -> None:
    assert conclusion(replace(EMPTY, **found)) == said  # type: ignore[arg-type]  # any fields
