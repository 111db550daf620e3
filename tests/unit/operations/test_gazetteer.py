"""What is sent when a pack is loaded: what has changed, and nothing of the users' own rows."""

from __future__ import annotations

from schemas.gazetteer import GazetteerRow
from schemas.tags import EntityType
from services.operations.gazetteer import encode_row, pack_changes, pack_ids
from services.tagging.gazetteer.file import parse_row
from services.tagging.gazetteer.packs.registry import PACKS


def row(row_id: str, name: str = "Quarry", pack: str | None = "stones") -> GazetteerRow:
    return GazetteerRow(id=row_id, name=name, type=EntityType.ORGANISATION, pack=pack)


def test_new_and_changed_rows_are_sent_and_lost_ones_removed() -> None:
    stored = {"a": row("a"), "b": row("b", "Old name"), "d": row("d"), "e": row("e", pack=None)}

    changes = pack_changes("stones", [row("a"), row("b"), row("c")], stored)

    assert changes.put == [row("b"), row("c")]
    assert (changes.removed, changes.unchanged, changes.kept) == (["d"], 1, 0)


def test_a_pack_that_is_loaded_again_sends_nothing() -> None:
    rows = PACKS["countries"].rows()
    stored = {one.id: parse_row(encode_row(one)) for one in rows}

    changes = pack_changes("countries", rows, stored)

    assert (changes.put, changes.removed, changes.unchanged) == ([], [], len(rows))


def test_rows_from_elsewhere_are_not_replaced() -> None:
    stored = {"a": row("a", pack=None), "b": row("b", pack="other"), "c": None}

    changes = pack_changes("stones", [row("a"), row("b"), row("c")], stored)

    assert (changes.put, changes.kept) == ([row("c")], 2)


def test_the_rows_of_a_pack_are_known_by_its_name() -> None:
    stored = {"a": row("a"), "b": row("b", pack=None), "c": None, "d": row("d", pack="other")}

    assert pack_ids("stones", stored) == ["a"]
