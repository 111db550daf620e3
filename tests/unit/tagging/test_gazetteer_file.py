from __future__ import annotations

from pathlib import Path

import pytest

from schemas.gazetteer import MAX_ALIASES, CaseRule, GazetteerRow, MatchRule
from schemas.tags import ExternalIds
from services.tagging.gazetteer.file import BadRowError, parse_row, read_rows


def test_csv_rows_are_read_and_invalid_rows_give_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text(
        "\ufeffid,name,type,aliases,wikidata_id,case\n"
        "a:1,Acme,organisation,Acme Works|ACW,Q42,exact\n"
        "a:2,,organisation,,,\n"
        "a:3,Beacon,lighthouse,,,\n"
        "a 4,Cairn,place,,,\n"
        "a:5,Delta,place,,,\n",
        encoding="utf-8",
    )
    rows = list(read_rows(path))

    assert isinstance(rows[0], GazetteerRow)
    assert (
        rows[0].aliases,
        rows[0].wikidata_id,
        rows[0].case,
    ) == (["Acme Works", "ACW"], "Q42", CaseRule.EXACT)
    assert [
        str(bad).rpartition(": ")[0].split(": Input")[0].split(": String")[0] for bad in rows[1:4]
    ] == ["line 3: name", "line 4: type", "line 5: id"]
    assert isinstance(rows[4], GazetteerRow)


def test_a_csv_file_without_the_required_columns_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("id,title\n1,x\n", encoding="utf-8")

    with pytest.raises(BadRowError, match="no column name, type"):
        list(read_rows(path))


def test_jsonl_rows_after_an_invalid_row_are_read(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_bytes(
        b'{"id": "a", "name": "Acme", "type": "organisation"}\n'
        b"\n"
        b"not json\n"
        b'{"id": "b", "name": "Bea\xffcon", "type": "place"}\n'
        b'["a"]\n'
        b'{"id": "c", "name": "Cairn", "type": "place", "unknown": 1}\n'
    )
    rows = list(read_rows(path))

    assert [type(row).__name__ for row in rows] == [
        "GazetteerRow",
        "BadRowError",
        "BadRowError",
        "BadRowError",
        "GazetteerRow",
    ]
    assert str(rows[1]).startswith("line 3: ")


def test_a_row_with_a_million_aliases_is_rejected_with_a_reason() -> None:
    aliases = ["x"] * 1_000_000

    with pytest.raises(BadRowError, match=f"at most {MAX_ALIASES}"):
        parse_row({"id": "a", "name": "Acme", "type": "organisation", "aliases": aliases})


@pytest.mark.parametrize("data", [b"", b"null", b"{}", b'{"id": 1}', b"\xff\xfe", b"[" * 10_000])
def test_the_error_of_a_malformed_row_has_a_reason(data: bytes) -> None:
    with pytest.raises(BadRowError, match=r"\w+"):
        parse_row(data)


def test_what_is_ignored_in_a_csv_file_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("id,name,type,alias\na,Acme,organisation,Works\nb,Bell, Inc,organisation,\n")
    warned: list[str] = []

    list(read_rows(path, warned.append))

    assert warned == [
        "line 1: the unknown column 'alias' is ignored; did you mean aliases?",
        (
            "line 3: cells beyond the last column are ignored; a cell that contains a comma needs "
            "quotation marks"
        ),
    ]


def test_an_unknown_key_of_a_jsonl_file_is_warned_of_once(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    rows = [
        f'{{"id": "{one}", "name": "Acme", "type": "place", "wikidata": "Q1", "n": {9**99}}}\n'
        for one in "ab"
    ]
    path.write_text("".join(rows))
    warned: list[str] = []

    assert len(list(read_rows(path, warned.append))) == 2

    assert warned == [
        "line 1: the unknown key 'n' is ignored",
        "line 1: the unknown key 'wikidata' is ignored; did you mean wikidata_id?",
    ]


def test_a_csv_file_may_have_ambiguous_aliases_and_a_column_for_each_external_id(
    tmp_path: Path,
) -> None:
    path = tmp_path / "g.csv"
    path.write_text(
        "id,name,type,ambiguous_aliases,wikidata,ticker,lei,geonames,wikipedia,match,tickr\n"
        "a:1,Acme,organisation,Works|ACW,Q42,OSL:ACM,0000000000000000SK98,,,,\n"
        "a:2,Skarholm,place,,,,,77,https://en.wikipedia.org/wiki/Skarholm,id,\n"
        "a:3,Beacon,place,,42,,,,,,\n"
        "a:4,Cairn,place,,,,,,,,\n",
        encoding="utf-8",
    )
    warnings: list[str] = []
    first, second, bad, last = read_rows(path, warnings.append)

    assert isinstance(first, GazetteerRow)
    assert first.ambiguous_aliases == ["Works", "ACW"]
    assert first.external_ids == ExternalIds(
        wikidata="Q42", ticker="OSL:ACM", lei="0000000000000000SK98"
    )
    assert isinstance(second, GazetteerRow)
    assert second.match is MatchRule.ID
    assert second.external_ids == ExternalIds(
        geonames="77", wikipedia="https://en.wikipedia.org/wiki/Skarholm"
    )
    assert isinstance(bad, BadRowError)
    assert "line 4: external_ids.wikidata" in str(bad)
    assert isinstance(last, GazetteerRow)
    assert last.external_ids is None
    assert warnings == ["line 1: the unknown column 'tickr' is ignored; did you mean ticker?"]
