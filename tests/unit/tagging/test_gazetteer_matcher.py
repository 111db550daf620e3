from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.gazetteer import CaseRule, GazetteerRow
from schemas.tags import EntityType
from services.tagging.gazetteer.alias import fold_text
from services.tagging.gazetteer.matcher import Gazetteer


def row(row_id: str, name: str, *aliases: str, case: CaseRule = CaseRule.AUTO) -> GazetteerRow:
    return GazetteerRow(
        id=row_id, name=name, type=EntityType.ORGANISATION, aliases=list(aliases), case=case
    )


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    return [
        (mention.text, mention.entry.id)
        for mention in gazetteer.match(text)
        if mention.entry is not None
    ]


def holding(*rows: GazetteerRow) -> Gazetteer:
    gazetteer = Gazetteer()
    for one in rows:
        assert gazetteer.put(one) == []
    return gazetteer


def test_names_are_found_as_whole_words() -> None:
    gazetteer = holding(row("a", "Acme"))

    assert found(gazetteer, "Acmes, an acme and (Acme) but no MegAcme.") == [("Acme", "a")]


def test_the_longer_of_two_overlapping_names_matches() -> None:
    gazetteer = holding(row("a", "Acme"), row("b", "Acme Harbour Works"))

    assert found(gazetteer, "Acme Harbour Works and Acme") == [
        ("Acme Harbour Works", "b"),
        ("Acme", "a"),
    ]


@pytest.mark.parametrize(
    ("case", "alias", "text", "expected"),
    [
        (CaseRule.AUTO, "Acme", "ACME rises", ["ACME"]),
        (CaseRule.AUTO, "Acme", "the acme of", []),
        (CaseRule.AUTO, "SHB", "SHB but not Shb", ["SHB"]),
        (CaseRule.AUTO, "eBoat", "eBoat and Eboat", ["eBoat", "Eboat"]),
        (CaseRule.EXACT, "Acme", "ACME rises, Acme falls", ["Acme"]),
        (CaseRule.ANY, "Acme", "ACME, acme", ["ACME", "acme"]),
    ],
)
def test_the_case_rule_decides_which_spellings_match(
    case: CaseRule, alias: str, text: str, expected: list[str]
) -> None:
    gazetteer = holding(row("a", alias, case=case))

    assert expected == [mention.text for mention in gazetteer.match(text)]


def test_a_name_matches_across_a_line_break_and_with_a_curly_apostrophe() -> None:
    gazetteer = holding(row("a", "Falk's Harbour Works"))

    assert found(gazetteer, "at Falk’s Harbour\nWorks.") == [("Falk’s Harbour\nWorks", "a")]


def test_rows_can_be_replaced_and_removed() -> None:
    gazetteer = holding(row("a", "Acme", "Apex"), row("b", "Beacon"))
    text = "Acme, Apex, Beacon, Cairn"
    before = found(gazetteer, text)
    gazetteer.put(row("a", "Acme", "Cairn"))
    changed = found(gazetteer, text)
    assert gazetteer.remove("b")
    removed = found(gazetteer, text)

    assert before == [("Acme", "a"), ("Apex", "a"), ("Beacon", "b")]
    assert changed == [("Acme", "a"), ("Beacon", "b"), ("Cairn", "a")]
    assert removed == [("Acme", "a"), ("Cairn", "a")]
    assert not gazetteer.remove("b")


def test_removing_one_of_two_rows_with_a_name_leaves_the_other() -> None:
    gazetteer = holding(row("b", "Acme"), row("a", "Acme"))
    both = found(gazetteer, "Acme")
    gazetteer.remove("a")

    assert both == [("Acme", "a")]
    assert found(gazetteer, "Acme") == [("Acme", "b")]


@pytest.mark.parametrize(
    ("alias", "reason"),
    [("", "empty"), ("   ", "empty"), ("It", "stop word"), ("—", "neither"), ("x", "single")],
)
def test_an_unusable_alias_is_left_out_with_a_reason(alias: str, reason: str) -> None:
    gazetteer = Gazetteer()
    reasons = gazetteer.put(row("a", "Acme", alias))

    assert len(reasons) == 1
    assert reason in reasons[0]
    assert found(gazetteer, "It is Acme — x") == [("Acme", "a")]


def test_an_acronym_that_looks_like_a_stop_word_is_kept() -> None:
    assert found(holding(row("a", "IT")), "It is IT.") == [("IT", "a")]


def test_a_row_without_any_usable_name_is_rejected() -> None:
    gazetteer = Gazetteer()
    reasons = gazetteer.put(row("a", "It", ""))

    assert "refused" in reasons[-1]
    assert len(gazetteer) == 0


def test_names_are_found_among_many_aliases() -> None:
    gazetteer = Gazetteer()
    for number in range(30_000):
        gazetteer.put(row(f"r{number}", f"Company Number{number} Works"))
    gazetteer.build()
    text = "Company Number7 Works met Company Number29999 Works. " + "Nothing else here. " * 200

    assert found(gazetteer, text) == [
        ("Company Number7 Works", "r7"),
        ("Company Number29999 Works", "r29999"),
    ]


def test_a_change_does_not_rebuild_the_large_automaton() -> None:
    gazetteer = Gazetteer()
    for number in range(25_000):
        gazetteer.put(row(f"r{number}", f"Company Number{number}"))
    gazetteer.build()
    large = gazetteer._large
    gazetteer.put(row("new", "Beacon"))

    assert found(gazetteer, "Beacon") == [("Beacon", "new")]
    assert gazetteer._large is large


WORDS = st.sampled_from(["Acme", "Beacon", "Cairn", "Delta"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(st.lists(NAMES, max_size=6), st.lists(NAMES, max_size=6), st.lists(WORDS, max_size=12))
def test_matches_equal_those_of_a_plain_search_after_any_changes(
    added: list[str], removed: list[str], words: list[str]
) -> None:
    gazetteer = Gazetteer()
    for name in added:
        gazetteer.put(row(name.replace(" ", "-"), name))
    gazetteer.build()
    for name in removed:
        gazetteer.remove(name.replace(" ", "-"))
    left = sorted(set(added) - set(removed), key=len, reverse=True)
    text = " ".join(words)
    pattern = "|".join(rf"\b{re.escape(name)}\b" for name in left)
    expected = [match.group() for match in re.finditer(pattern, text)] if left else []

    assert expected == [mention.text for mention in gazetteer.match(text)]


@given(st.text(max_size=50))
def test_folding_keeps_the_offset_of_every_character(text: str) -> None:
    assert len(text) == len(fold_text(text))
