"""The difference between two texts is complete, and names what a reader would call changed."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import testing
from schemas.tags import TextField
from schemas.text_diff import ChangeKind, Piece, TextChange, diff_text

EQUAL, INSERT, DELETE, REPLACE = ChangeKind

SENTENCES = st.lists(
    st.sampled_from(
        ["Rain fell.", "Who saw it?", "“Nobody!”", "It cost 3.50 crowns", "雨が降った。"]
    ),
    max_size=12,
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.builds(lambda found, gap: gap.join(found), SENTENCES, st.sampled_from([" ", "\n\n"])),
)


def body(before: str, after: str) -> list[TextChange]:
    return diff_text(TextField.BODY, before, after)


def side(
    changes: list[TextChange], which: Callable[[TextChange], tuple[Piece, ...]]
) -> list[Piece]:
    return [piece for change in changes for piece in which(change)]


def shown(changes: list[TextChange]) -> list[tuple[str, list[str], list[str]]]:
    return [
        (one.kind.value, [p.text for p in one.before], [p.text for p in one.after])
        for one in changes
    ]


@given(TEXTS, TEXTS)
def test_the_changes_contain_all_characters_of_both_texts_in_order(before: str, after: str) -> None:
    for changes in (body(before, after), [w for one in body(before, after) for w in one.words()]):
        for text, pieces in (
            (before, side(changes, lambda one: one.before)),
            (after, side(changes, lambda one: one.after)),
        ):
            assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
            joined = "".join(piece.text for piece in pieces)
            assert "".join(joined.split()) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_each_kind_says_what_is_on_either_side(before: str, after: str) -> None:
    changes = body(before, after)

    for one in [*changes, *(word for change in changes for word in change.words())]:
        same = [p.text for p in one.before] == [p.text for p in one.after]
        expected = {
            EQUAL: same,
            INSERT: not one.before and bool(one.after),
            DELETE: bool(one.before) and not one.after,
            REPLACE: bool(one.before and one.after) and not same,
        }
        assert expected[one.kind]
    assert all(a.kind != b.kind for a, b in itertools.pairwise(changes))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself_nor_from_other_spacing(text: str) -> None:
    assert {one.kind for one in body(text, text)} <= {EQUAL}
    assert {one.kind for one in body(text, f"  {text} \n")} <= {EQUAL}


@given(SENTENCES, SENTENCES, st.text(alphabet="abc ", min_size=1, max_size=20))
def test_an_inserted_sentence_is_the_only_change(
    first: list[str], last: list[str], words: str
) -> None:
    new = f"Inserted {words.strip()}."
    changes = body("\n".join([*first, *last]), "\n".join([*first, new, *last]))

    assert [c for c in shown(changes) if c[0] != "equal"] == [("insert", [], [new])]


@given(TEXTS, TEXTS)
def test_inserted_and_deleted_text_changes_places_in_the_other_direction(
    before: str, after: str
) -> None:
    forward, back = body(before, after), body(after, before)

    assert side(forward, lambda one: one.before) == side(back, lambda one: one.after)
    assert side(forward, lambda one: one.after) == side(back, lambda one: one.before)


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("A fell. B rose.", "A fell. B rose. C stood.", [("insert", [], ["C stood."])]),
        ("A fell.\n\nB rose.", "B rose.", [("delete", ["A fell."], [])]),
        (
            "Nine died. More soon.",
            "Ten died. More soon.",
            [("replace", ["Nine died."], ["Ten died."])],
        ),
        ("“It rose.” she said.", "“It rose.” he said.", [("replace", ["she said."], ["he said."])]),
        ("", "New.", [("insert", [], ["New."])]),
        ("Old.", "", [("delete", ["Old."], [])]),
    ],
    ids=["appended", "first removed", "number", "after a quote", "from nothing", "to nothing"],
)
def test_the_changed_sentences_are_named(
    before: str, after: str, changed: list[tuple[str, list[str], list[str]]]
) -> None:
    assert [c for c in shown(body(before, after)) if c[0] != "equal"] == changed


def test_a_replaced_sentence_shows_its_changed_words() -> None:
    (change,) = body("Nine people died in Oslo.", "Ten people died near Oslo.")

    assert shown(change.words()) == [
        ("replace", ["Nine"], ["Ten"]),
        ("equal", ["people", "died"], ["people", "died"]),
        ("replace", ["in"], ["near"]),
        ("equal", ["Oslo", "."], ["Oslo", "."]),
    ]


def test_a_revision_is_compared_with_the_one_before_title_first() -> None:
    first = testing.article(title="Ferry reopens", body="It reopened. Tickets cost nine marks.")
    second = testing.revision_of(
        first, title="Ferry to Skarholm reopens", body="It reopened. Tickets cost ten marks."
    )

    changed = [one for one in second.diff(first) if one.kind is not EQUAL]
    assert [one.field for one in changed] == [TextField.TITLE, TextField.BODY]
    (ten,) = (w for w in changed[1].words() if w.kind is REPLACE)
    assert second.body[ten.after[0].start : ten.after[0].end] == "ten"
    assert first.body[ten.before[0].start : ten.before[0].end] == "nine"


@pytest.mark.parametrize("length", [30, 3000])
def test_one_changed_sentence_is_found_in_a_text_that_repeats_itself(length: int) -> None:
    before = ["It rains."] * length
    after = [*before[:10], "It snows.", *before[11:]]

    changed = [one for one in shown(body(" ".join(before), " ".join(after))) if one[0] != "equal"]
    assert changed == [("replace", ["It rains."], ["It snows."])]


def test_many_changes_in_a_long_text_are_all_found() -> None:
    before = [f"Sentence {number}." for number in range(5000)]
    after = [f"New {n}." if n % 3 == 0 else one for n, one in enumerate(before)]

    changes = body("\n".join(before), "\n".join(after))
    assert [one.kind for one in changes] == [REPLACE, EQUAL] * 1667
