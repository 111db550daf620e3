"""The contract is compatible with its releases, and the check reports every fault."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from schemas.topics import PUBLIC
from services.cli import app
from services.contract import compatibility, json_schemas
from services.messaging.errors import UsageError
from tests.support.small_schemas import MAYBE, TEXT

ROOT = Path(__file__).parents[3]
ENRICHED = "enriched-article.v1.json"
RAW = "raw-article.v1.json"


def changed(file: str, change: Any) -> dict[str, dict[str, Any]]:
    now = copy.deepcopy(compatibility.present())
    change(now[file])
    return now


def faults_of(now: Any) -> list[str]:
    released = {"0.1.0": compatibility.present()}
    return [str(fault) for fault in compatibility.faults(now, released)]


def test_the_present_contract_is_compatible_with_all_releases() -> None:
    """If this fails, run `make check-contract`, which says what to do."""
    released = compatibility.releases(ROOT / "schemas")

    assert released
    assert compatibility.faults(compatibility.present(), released) == []


def test_every_release_has_every_message() -> None:
    for schemas in compatibility.releases(ROOT / "schemas").values():
        assert set(schemas) <= {json_schemas.file_name(topic) for topic in PUBLIC}
        for schema in schemas.values():
            jsonschema.Draft202012Validator.check_schema(schema)


def test_the_id_of_a_schema_is_that_of_its_messages_in_every_release() -> None:
    ids = {json_schemas.file_name(topic): topic.schema_uri for topic in PUBLIC}

    assert len(set(ids.values())) == len(PUBLIC)
    for schemas in (compatibility.present(), *compatibility.releases(ROOT / "schemas").values()):
        assert all(schema["$id"] == ids[file] for file, schema in schemas.items())


def test_a_new_optional_field_is_compatible() -> None:
    now = changed(ENRICHED, lambda schema: schema["properties"].update(mood=MAYBE))

    assert faults_of(now) == []


def test_a_new_required_field_breaks_the_replay() -> None:
    def change(schema: Any) -> None:
        schema["properties"]["mood"] = TEXT
        schema["required"].append("mood")

    (fault,) = faults_of(changed(ENRICHED, change))
    assert fault.startswith(f"{ENRICHED}: mood: the reader requires it")
    assert fault.endswith("It breaks the replay of messages of 0.1.0.")


def test_a_new_verdict_breaks_readers() -> None:
    def change(schema: Any) -> None:
        schema["$defs"]["VerdictKind"]["enum"].append("rumour")

    faults = faults_of(changed(ENRICHED, change))
    assert any("verdict.kind: the writer may send 'rumour'" in fault for fault in faults)
    assert all(fault.endswith("It breaks readers of 0.1.0.") for fault in faults)


def test_a_removed_field_breaks_readers() -> None:
    def change(schema: Any) -> None:
        del schema["properties"]["section"]

    (fault,) = faults_of(changed(ENRICHED, change))
    assert "section: is there no more" in fault
    assert fault.endswith("It breaks readers of 0.1.0.")


def test_input_schemas_may_be_widened_but_not_narrowed() -> None:
    def bound(number: int) -> Any:
        def change(schema: Any) -> None:
            schema["properties"]["url"]["maxLength"] = number

        return change

    assert faults_of(changed(RAW, bound(4096))) == []
    (fault,) = faults_of(changed(RAW, bound(100)))
    assert "`maxLength` is 2048 for the writer and 100 for the reader" in fault


def test_all_releases_can_be_replayed_and_readers_of_the_last_still_work() -> None:
    first, second = copy.deepcopy(compatibility.present()), copy.deepcopy(compatibility.present())
    first[ENRICHED]["properties"]["word_count"]["maximum"] = 10
    second[ENRICHED]["properties"]["word_count"]["maximum"] = 20
    now = copy.deepcopy(second)
    now[ENRICHED]["properties"]["word_count"]["maximum"] = 15

    (fault,) = compatibility.faults(now, {"0.1.0": first, "0.2.0": second})
    assert fault.breaks == "the replay of messages of 0.2.0"


def test_a_removed_message_is_reported() -> None:
    now = compatibility.present()
    del now[ENRICHED]

    (fault,) = faults_of(now)
    assert "it is gone" in fault


def test_a_new_field_must_be_named_in_the_changelog() -> None:
    now = changed(ENRICHED, lambda schema: schema["properties"].update(mood=MAYBE))
    last = compatibility.present()

    assert compatibility.undocumented_changes(
        now, last, "# Changes\n\n## 0.1.0\n\n- `mood`\n", "0.1.0"
    ) == [f"{ENRICHED}: mood"]
    said = "# Changes\n\n## Unreleased\n\n- `mood`: how it reads.\n\n## 0.1.0\n"
    assert compatibility.undocumented_changes(now, last, said, "0.1.0") == []


def test_a_release_is_written_only_once(tmp_path: Path) -> None:
    compatibility.release(tmp_path, "0.10.0", again=False)
    compatibility.release(tmp_path, "0.9.0", again=False)

    assert list(compatibility.releases(tmp_path)) == ["0.9.0", "0.10.0"]
    with pytest.raises(UsageError, match="never change"):
        compatibility.release(tmp_path, "0.9.0", again=False)
    compatibility.release(tmp_path, "0.9.0", again=True)
    with pytest.raises(UsageError, match="not a version"):
        compatibility.release(tmp_path, "next", again=False)


def test_the_command_prints_the_faults_and_fails(tmp_path: Path) -> None:
    compatibility.release(tmp_path, "0.1.0", again=False)
    file = tmp_path / "json" / "released" / "0.1.0" / ENRICHED
    old = json.loads(file.read_text())
    old["properties"]["mood"] = TEXT
    file.write_text(json.dumps(old))
    (tmp_path / "changes.md").write_text("## 0.1.0\n")
    arguments = ["schemas", "check", "--folder", str(tmp_path)]
    arguments += ["--changelog", str(tmp_path / "changes.md")]

    done = CliRunner().invoke(app, arguments)

    assert isinstance(done.exception, UsageError)
    assert f"{ENRICHED}: mood: is there no more" in done.output.replace("\n", "")
