"""The command line: its help, and its error messages."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from services.cli import main
from services.kafka import broker_address
from services.settings import Settings
from tests.integration.harness import as_settings


def newsloom(*arguments: str, home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in this process, because starting Python takes a second."""
    said, errors = io.StringIO(), io.StringIO()
    environment = {"NEWSLOOM_HOME": str(home), "COLUMNS": "200", **settings}
    client = logging.getLogger("aiokafka")
    before = client.level
    with (
        as_settings(environment),
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(said),
        redirect_stderr(errors),
    ):
        patch.setattr(sys, "argv", ["newsloom", *arguments])
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
        finally:
            client.setLevel(before)
    return subprocess.CompletedProcess(arguments, status, said.getvalue(), errors.getvalue())


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["broker"],
        ["topics"],
        ["run"],
        ["publish"],
        ["watch"],
        ["dead-letters"],
        ["replay"],
        ["diff"],
        ["schemas"],
        ["doctor"],
        ["settings"],
        ["demo"],
    ],
    ids=lambda command: " ".join(command) or "newsloom",
)
def test_every_command_explains_itself(command: list[str], tmp_path: Path) -> None:
    done = newsloom(*command, "--help", home=tmp_path)

    assert done.returncode == 0
    assert "Usage: newsloom" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["run", "weaving"], {}, "There is no stage 'weaving'"),
        (["run"], {"NEWSLOOM_HTTP_PORT": "9000"}, "NEWSLOOM_HTTP_PORT is a single port"),
        (["publish", "no/such/file"], {}, "There is no file or folder"),
        (["topics", "list"], {"NEWSLOOM_KAFKA": "127.0.0.1:1"}, "No Kafka answers at 127.0.0.1:1"),
        (["watch"], {"NEWSLOOM_KAFKA": "127.0.0.1:1"}, "No Kafka answers"),
        (["dead-letters", "list"], {"NEWSLOOM_KAFKA": "127.0.0.1:1"}, "No Kafka answers"),
        (["settings"], {"NEWSLOOM_BATCH_SIZE": "many"}, "Setting NEWSLOOM_BATCH_SIZE is wrong"),
        (["demo", "no/such/folder"], {}, "There is no file or folder"),
        (["topics", "drop", ""], {"NEWSLOOM_KAFKA": "127.0.0.1:1"}, "No Kafka answers"),
        (["topics", "acls", "cook", "ida"], {}, "There is no role 'cook'"),
        (["replay", "V2", "--from", "1d"], {}, "'V2' is not a valid topic suffix"),
        (["replay", "v2", "--from", "soon"], {}, "'soon' is not a time"),
        (["diff", "-", "a.b"], {}, "'a.b' is not a valid topic suffix"),
        (["settings"], {"NEWSLOOM_KAFKA_SECURITY": "ssl"}, "NEWSLOOM_KAFKA_SECURITY needs"),
        (["settings"], {"NEWSLOOM_TOPIC_SUFFIX": "a b"}, "Setting NEWSLOOM_TOPIC_SUFFIX is wrong"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_failure_is_one_sentence_and_a_non_zero_status(
    arguments: list[str], settings: dict[str, str], said: str, tmp_path: Path
) -> None:
    done = newsloom(*arguments, home=tmp_path, **settings)

    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert len([line for line in done.stderr.splitlines() if line.startswith("newsloom:")]) == 1


def test_an_error_names_the_home_in_which_no_broker_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker_address, "DEFAULT", "127.0.0.1:1")
    monkeypatch.delenv("NEWSLOOM_KAFKA", raising=False)
    monkeypatch.chdir(tmp_path)

    done = newsloom("topics", "list", home=Path("here"))

    assert f"{tmp_path / 'here'} (NEWSLOOM_HOME) has no running development broker" in done.stderr


def test_invalid_settings_are_reported_without_secrets(tmp_path: Path) -> None:
    wrong = {
        "NEWSLOOM_KAFKA": "127.0.0.1:1",
        "NEWSLOOM_KAFKA_SECURITY": "sasl_ssl",
        "NEWSLOOM_KAFKA_PASSWORD": "nobody-may-see",
    }

    done = newsloom("settings", home=tmp_path, **wrong)

    assert "needs NEWSLOOM_KAFKA_USERNAME" in done.stderr
    assert "nobody-may-see" not in done.stdout + done.stderr


def test_all_settings_are_shown_with_their_meaning(tmp_path: Path) -> None:
    done = newsloom("settings", home=tmp_path)

    assert done.returncode == 0
    for name in Settings.model_fields:
        assert f"NEWSLOOM_{name.upper()}" in done.stdout


def test_settings_are_printed_as_json_without_secrets(tmp_path: Path) -> None:
    secret = {"NEWSLOOM_KAFKA_KEY_PASSWORD": "nobody-may-see"}

    done = newsloom("settings", "--json", home=tmp_path, **secret)

    rows = {row["variable"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert rows["NEWSLOOM_HOME"]["value"] == str(tmp_path)
    assert not rows["NEWSLOOM_HOME"]["default"]
    assert rows["NEWSLOOM_RETRIES"]["default"]
    assert "nobody-may-see" not in done.stdout


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name


def test_settings_and_doctor_name_a_misspelt_variable(tmp_path: Path) -> None:
    wrong = {"NEWSLOOM_KAFKA": "127.0.0.1:1", "NEWSLOOM_RETRY": "1"}

    shown = newsloom("settings", home=tmp_path, **wrong)
    checked = newsloom("doctor", home=tmp_path, **wrong)

    assert "NEWSLOOM_RETRY is no setting and has no effect; did you mean" in shown.stderr
    assert shown.returncode == 0
    assert "✗ Settings  NEWSLOOM_RETRY is no setting" in checked.stdout
