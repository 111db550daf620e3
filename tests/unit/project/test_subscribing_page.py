"""docs/subscribing.md matches the messages of a run, and documents every option."""

from __future__ import annotations

import re
from typing import Any

import pytest

from schemas.client import filters
from schemas.client.subscribe import Common, DeadLetters, Enriched, Stories
from schemas.topics import DEAD_LETTERS, ENRICHED, STORIES
from tests.docs import messages
from tests.docs.snippets import text

ALL_IN_CODE = r"```(python|sh|java|javascript)\n"


def test_the_example_messages_match_a_run() -> None:
    """Run `make messages` if this fails. Scores may differ slightly between machines."""
    page = text()

    def without_scores(shown: str) -> str:
        return re.sub(r"\d\.\d+", "0.0", shown)

    fresh = messages.written(page, messages.blocks(messages.run()))
    assert without_scores(page) == without_scores(fresh), "run `make messages` and look at the diff"


def test_every_code_block_states_its_output() -> None:
    page = text()

    assert len(re.findall(ALL_IN_CODE, page)) == len(
        re.findall(rf"<!-- prints: .+ -->\n{ALL_IN_CODE}", page)
    )


@pytest.mark.parametrize("options", [Common, Enriched, Stories, DeadLetters])
def test_every_option_of_the_client_is_on_the_page(options: Any) -> None:
    page = text()

    for name in set(options.__annotations__) - {"consumer", "suffix"}:
        assert re.search(rf"^\| (`\w+`, )*`{name}`[ ,]", page, re.MULTILINE), name


def test_every_filter_is_an_option_of_its_kind() -> None:
    for kind, options in (
        ("enriched", Enriched),
        ("stories", Stories),
        ("dead-letters", DeadLetters),
    ):
        own = set(options.__annotations__) - set(Common.__annotations__)
        assert own == {*filters._FILTERS[kind], "where"}


def test_the_retention_on_the_page_is_that_of_the_topics() -> None:
    page = text()

    for topic in (ENRICHED, DEAD_LETTERS):
        assert topic.retention is not None
        assert re.search(rf"`{topic.name}` .*\| {topic.retention.days} days \|", page)
    assert STORIES.compact
