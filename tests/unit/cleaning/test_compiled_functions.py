"""The compiled functions give the same results as their plain Python definitions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cleaning.classifier import tree_inference
from services.cleaning.html import tag_scanner
from services.cleaning.html.encoding import encode
from services.cleaning.html.tags import BLOCK, INLINE, LINK, LIST, read_tags
from services.cleaning.text import line_features
from services.cleaning.text.line_style import (
    _CLASSES,
    _CLASSES_BEYOND_TABLE,
    STYLE_FEATURES,
    fold,
    style_features,
)

Element = tuple[str, list[Any]]
"""The name and the children of an element."""

NAMES = st.sampled_from(["div", "ul", "p", "blockquote", "a", "span", "section"])
ELEMENTS: st.SearchStrategy[Element] = st.recursive(
    st.tuples(NAMES, st.just([])),
    lambda inner: st.tuples(NAMES, st.lists(inner, max_size=4)),
    max_leaves=20,
)
TEXT = st.text(
    alphabet=st.sampled_from("aB1é語 .,:|»\"'\n\t&<>\u00a0\u2003\u3000；，\U0001f600"), max_size=40
)


def written(element: Element) -> str:
    name, inner = element
    return f"<{name}>{''.join(map(written, inner))}</{name}>"


def walked(
    element: Element, parent: int, depth: int, of_list: int, count: list[int]
) -> Iterator[tuple[int, int, int]]:
    """Return parent, depth and list of each block-level element, in page order."""
    name, inner = element
    number = parent
    if name not in ("a", "span"):
        number = count[0]
        count[0] += 1
        depth += 1
        of_list = number if name == "ul" else of_list
        yield parent, depth, of_list
    for one in inner:
        yield from walked(one, number, depth, of_list, count)


@given(ELEMENTS)
def test_elements_match_the_tree(inner: Element) -> None:
    root: Element = ("body", [inner])
    page = written(root)
    tags = read_tags(page)

    opened, closed, parent, depth, list_of, innermost = tag_scanner.pair_elements(
        tags.kind, tags.direction
    )

    expected = list(walked(root, 0, 0, 0, [0]))
    assert list(zip(parent.tolist(), depth.tolist(), list_of.tolist(), strict=True)) == expected
    for one, other in zip(opened.tolist(), closed.tolist(), strict=True):
        assert (
            page[tags.start[other] : tags.end[other]]
            == "</" + page[tags.start[one] + 1 : tags.end[one]]
        )
    assert innermost[opened].tolist() == list(range(len(opened)))
    assert innermost[closed].tolist() == parent.tolist()


def test_open_elements_end_at_the_last_tag() -> None:
    kinds = np.array([BLOCK, LIST, INLINE, BLOCK, BLOCK], dtype=np.int8)
    steps = np.array([1, 1, 1, 1, -1])

    _opened, closed, parent, *_rest = tag_scanner.pair_elements(kinds, steps)

    assert closed.tolist() == [4, 4, 4]
    assert parent.tolist() == [0, 0, 1]


def test_tags_are_classified_by_their_whole_name() -> None:
    tags = read_tags(
        '<body><a href="x">one</a><abbr>two</abbr>'
        '<ul class="b"><blockquote></blockquote></ul></body>'
    )

    assert tags.kind.tolist() == [
        BLOCK,
        LINK,
        LINK,
        INLINE,
        INLINE,
        LIST,
        BLOCK,
        BLOCK,
        LIST,
        BLOCK,
    ]
    assert tags.direction.tolist() == [1, 1, -1, 1, -1, 1, 1, -1, -1, -1]


def test_tag_with_angle_bracket_in_attribute_name_is_one_tag() -> None:
    tags = read_tags("<body><p <x>one</p></body>")

    assert len(tags.kind) == 4


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_texts_have_collapsed_space_and_decoded_entities(given_: list[str]) -> None:
    runs = [html.escape(one, quote=False).replace("\u00a0", "&nbsp;").encode() for one in given_]
    ends = np.cumsum([len(run) for run in runs])
    starts = ends - [len(run) for run in runs]
    every = np.arange(len(runs))

    texts, numbers = tag_scanner.block_texts(
        b"".join(runs), starts, ends, every, every, 0 * every, 100, 100
    )

    folded = [" ".join(one.split()) for one in given_]
    assert texts == [one for one in folded if one]
    assert numbers == [i for i, one in enumerate(folded) if one]


def test_links_of_one_list_are_one_block_and_blocks_are_limited() -> None:
    data = b"one two three four"
    starts, ends = np.array([0, 4, 8, 14]), np.array([3, 7, 13, 18])
    blocks, lists = np.arange(4), np.array([5, 5, 6, 0])

    assert tag_scanner.block_texts(data, starts, ends, blocks, blocks, lists, 100, 100) == (
        ["one\ntwo", "three", "four"],
        [0, 2, 3],
    )
    assert tag_scanner.block_texts(data, starts, ends, blocks, blocks, 0 * lists, 100, 2)[1] == [
        0,
        1,
        2,
    ]


@given(st.lists(TEXT, max_size=6))
def test_non_blank_runs_have_more_than_white_space(given_: list[str]) -> None:
    runs = [one.encode() for one in given_]
    ends = np.cumsum([len(run) for run in runs], dtype=np.int64)
    starts = ends - np.array([len(run) for run in runs], dtype=np.int64)

    found = tag_scanner.non_blank_runs(b"".join(runs), starts, ends).tolist()

    assert found == [i for i, run in enumerate(runs) if run.strip()]


COMMENTS = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "one", "<!-- a <p> -->", "<!---->", "<!-- open",
         "<iframe src=x><p></iframe>", "<iframes>", "<xmp><b></xmp>",
         "<noscript>x</noscript>", "<noframes>y</noframes>", "<"]
    ),
    max_size=12,
)  # fmt: skip


@given(COMMENTS)
def test_comments_and_raw_elements_are_removed(parts: list[str]) -> None:
    page = "".join(parts).encode()
    names = (b"iframe", b"xmp", b"noframes")

    found = tag_scanner.remove_elements(page, names)

    raw = rb"<(iframe|xmp|noframes)[ >].*?</\1>"
    assert found == re.sub(rb"<!--.*?-->|" + raw, b"", page, flags=re.DOTALL)


@given(st.text(alphabet="<>/bBtTrsongSTRONG \n", max_size=60))
def test_formatting_tags_are_counted(page: str) -> None:
    names = np.array(
        [int.from_bytes(one, "little") for one in (b"b", b"tt", b"strong")], dtype=np.uint64
    )

    marks, opened, closed = tag_scanner.count_formatting_tags(page.encode(), names)

    pattern = r"(?:b|tt|strong)(?=[\s/>])"
    assert marks == page.count("<")
    assert opened == len(re.findall("<" + pattern, page, re.IGNORECASE))
    assert closed == len(re.findall("</" + pattern, page, re.IGNORECASE))


@given(TEXT | st.text(max_size=20))
def test_fold_removes_case_and_punctuation(text: str) -> None:
    assert fold(text) == "".join(filter(str.isalnum, text.lower()))


ASCII_RUNS = st.text(alphabet=st.characters(codec="ascii"), max_size=80)
PAGES = st.lists(ASCII_RUNS | st.text(st.characters(), max_size=4), max_size=6).map("".join)


@given(PAGES | st.sampled_from(["\ud800", "a" * 40 + "\udfffb", "\ud83d\ude00é"]))
def test_pages_are_encoded_as_python_does(page: str) -> None:
    assert encode(page) == page.encode("utf-8", "replace")


@pytest.mark.parametrize("letter", ["\x7f", "\x80", "\u07ff", "\u0800", "\uffff", "\U00010000"])
def test_letters_are_encoded_at_any_place_of_a_run(letter: str) -> None:
    for place in range(70):
        page = "a" * place + letter + "b" * (70 - place)

        assert encode(page) == page.encode()


def test_log_odds_of_names_are_summed() -> None:
    found = line_features.log_odds_sums([("a", "b"), ("a", "c"), ()], {"a": 1.5, "b": -0.5})

    assert found.tolist() == [1.0, 1.5, 0.0]


@given(TEXT | st.text(max_size=20), TEXT)
def test_folds_to_agrees_with_fold(text: str, other: str) -> None:
    for key in (fold(text), fold(other), fold(text)[:-1], fold(text) + "a"):
        assert line_features.folds_to(text, key) is (fold(text) == key)


@given(st.lists(st.text(alphabet="ab AB", max_size=12), max_size=5))
def test_vocabulary_features_match_their_definition(texts: list[str]) -> None:
    odds = {"a": 1.5, "b": -2.0, "ab": 0.5}

    found = line_features.vocabulary_features(texts, 10, odds, frozenset({"a", "ba"}), "aba", 3, 5)

    for row, text in zip(found.tolist(), texts, strict=True):
        words = text.lower().split() if len(text) <= 10 else []
        known = [odds[word] for word in words if word in odds]
        mean = sum(known) / len(words) if known else 0.0
        low = min(known, default=0.0)
        share = sum(word in {"a", "ba"} for word in set(words)) / len(words) if words else 0.0
        is_title = bool(words) and 3 <= len(text) <= 5 and fold(text) == "aba"
        assert row == pytest.approx(
            [mean, low if len(known) == len(words) else min(low, 0.0), 2.0 if is_title else share],
            rel=1e-6,
        )


LINES = st.lists(st.text(alphabet="ab AB", max_size=30), max_size=6)


@given(LINES, st.text(alphabet="ab ", max_size=60), st.text(alphabet="ab ", max_size=60))
def test_metadata_features_match_their_definition(
    texts: list[str], body: str, summary: str
) -> None:
    found = line_features.metadata_features(texts, body, summary, 25)

    assert found.tolist() == [
        [
            texts.count(text),
            (len(text) > 3 and text[:25] in body) if body else -1,
            len(text) > 20 and text[:25] in summary,
        ]
        for text in texts
    ]


@given(LINES)
def test_shared_word_shares_match_their_definition(texts: list[str]) -> None:
    core, others = list(range(0, len(texts), 3)), list(range(1, len(texts), 3))
    known = {word for i in core for word in texts[i].lower().split()}

    shares = line_features.shared_word_shares(texts, core, others, 2).tolist()

    for i, share in enumerate(shares):
        words = [word for word in texts[i].lower().split() if len(word) >= 2]
        expected = len(known & set(words)) / len(words) if i in others and words else -1
        assert share == pytest.approx(expected)


@given(st.lists(TEXT.filter(bool), min_size=1, max_size=5))
def test_style_features_match_their_definition(texts: list[str]) -> None:
    beyond = len(_CLASSES) - 1
    upper, digit, comma, space, break_, closer, colon, bar, wide = 1, 3, 4, 5, 6, 8, 9, 10, 11

    for row, text in zip(style_features(texts).tolist(), texts, strict=True):
        kinds = [_CLASSES_BEYOND_TABLE.get(ord(c), _CLASSES[min(ord(c), beyond)]) for c in text]
        words = kinds.count(space) + 1
        initials = sum(
            kind == upper and before in (space, break_)
            for before, kind in zip([break_, *kinds], kinds, strict=False)
        )
        named = dict(zip(STYLE_FEATURES, row, strict=True))
        assert named["chars"] == len(text)
        assert named["weight"] == len(text) + 2 * kinds.count(wide)
        assert named["words"] == words
        assert named["commas"] == pytest.approx(kinds.count(comma) / words)
        assert named["capitals"] == pytest.approx(initials / words)
        assert named["digits"] == pytest.approx(kinds.count(digit) / len(text))
        assert named["quotes"] == (kinds[0] == closer)
        assert named["bars"] == kinds.count(bar)
        assert named["colons"] == kinds.count(colon)


@pytest.mark.parametrize(
    ("line", "ends", "starts"),
    [
        ("It sailed again.", 3, 3),
        ("“It sailed again.”", 3, 0),
        ("it sailed", 0, 2),
        ("3 ferries:", 2, 1),
        ("Share |", 1, 3),
        ("Gone.''''", 1, 3),
        ("。", 3, 0),
    ],
)
def test_style_features_of_line_start_and_end(line: str, ends: int, starts: int) -> None:
    named = dict(zip(STYLE_FEATURES, style_features([line])[0].tolist(), strict=True))

    assert (named["ends"], named["starts"]) == (ends, starts)


def test_index_beyond_an_array_raises_index_error() -> None:
    """Wrong arguments raise an exception and never read other memory."""
    far, none = np.array([9]), np.array([0])

    with pytest.raises(IndexError):
        tag_scanner.non_blank_runs(b"   ", none, far)
    with pytest.raises(IndexError):
        tag_scanner.block_texts(b"one", none, far, none, none, none, 100, 100)
    with pytest.raises(IndexError):
        tree_inference.sum_leaves(
            np.zeros((1, 3), dtype=np.float32),
            far,
            np.zeros(1, dtype=np.float32),
            np.zeros(1, dtype=np.uint16),
            np.zeros((1, 16), dtype=np.float32),
        )
