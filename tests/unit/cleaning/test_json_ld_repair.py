"""JSON-LD that is not valid JSON is read where what it means is plain."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cleaning.metadata.json_ld import read_linked_data
from services.cleaning.metadata.json_ld_nodes import parse

_DATE = '"datePublished": "2031-05-04"'
_OTHER = '{"@type": "Organization", "name": "Harbour Post"}'


@pytest.mark.parametrize(
    "script",
    [
        f'{{"@type": "NewsArticle", {_DATE},}}',
        f'{{"@type": "NewsArticle", "keywords": ["quays",], {_DATE}}}',
        f'/* by the editor */ {{"@type": "NewsArticle", {_DATE}}}',
        f'// by the editor\n{{"@type": "NewsArticle", {_DATE}}}',
        f'//<![CDATA[\n{{"@type": "NewsArticle", {_DATE}}}\n//]]>',
        f'/*<![CDATA[*/{{"@type": "NewsArticle", {_DATE}}}/*]]>*/',
        f'<!-- {{"@type": "NewsArticle", {_DATE}}} -->',
        f'{{"@type": "NewsArticle", {_DATE}}};',
        f'\ufeff{{"@type": "NewsArticle", {_DATE}}}',
        f'{{"@type": "NewsArticle", "description": "two\nlines", {_DATE}}}',
        f'{{"@type": "NewsArticle", "description": "the \\\'old\\\' quay", {_DATE}}}',
        f'{{"@type": "NewsArticle", "description": "the "old" quay", {_DATE}}}',
        f'{{"@type": "NewsArticle", {_DATE}}}'.replace('"', "&quot;"),
        f'{_OTHER}\n{{"@type": "NewsArticle", {_DATE}}}',
        f'{_OTHER},{{"@type": "NewsArticle", {_DATE}}}',
    ],
)
def test_script_with_a_common_fault_is_read(script: str) -> None:
    assert read_linked_data([script]).published == "2031-05-04"


def test_addresses_and_commas_within_strings_are_kept() -> None:
    script = '{"url": "https://a.example/x", "name": "one,] two /* three */",}'

    assert parse(script) == {"url": "https://a.example/x", "name": "one,] two /* three */"}


@pytest.mark.parametrize("script", ["", "{", "window.x = 1", '{"a": }', "[" * 5000])
def test_script_that_nobody_can_read_is_nothing(script: str) -> None:
    assert parse(script) is None


@given(st.text(alphabet='{}[]",:/*\\ \n<!-ab1', max_size=60))
def test_any_script_is_read_without_an_error(script: str) -> None:
    parse(script)


@pytest.mark.parametrize("part", ['"', "/*", "//", '{"', ',"a":', "&quot;", "\\", "<!--", ", "])
def test_hostile_script_takes_linear_time(part: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        parse(part * (length // len(part)))
        return time.process_time() - start

    assert min(seconds(400_000) for _ in range(2)) < 40 * min(seconds(40_000) for _ in range(3)) + 1
