"""What a test run says about skipped tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import TEST_TOOLS, TESTS, skipped_tests

ROOT = TESTS.parent


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ([], ""),
        (["no evaluation folder"], "1 test was skipped: see the reasons above."),
        (
            ["kcat is not installed: make test-tools", "full runs only", "make test-tools"],
            "3 tests were skipped: `make test-tools` enables 2 of them.",
        ),
    ],
)
def test_the_last_line_names_the_command_that_enables_skipped_tests(
    reasons: list[str], said: str
) -> None:
    assert skipped_tests(reasons) == said


def test_every_test_that_needs_a_program_names_the_command_that_installs_it() -> None:
    named = [
        (path.name, reason)
        for path in TESTS.rglob("*.py")
        for reason in re.findall(
            r'(?:skip\(|reason=)\s*"([^"]* not (?:installed|built)[^"]*)"', path.read_text()
        )
        if "uv is not installed" not in reason
    ]

    assert len(named) > 5
    assert [one for one in named if TEST_TOOLS not in one[1]] == []


def test_the_command_installs_what_the_tests_look_for() -> None:
    script = (Path(ROOT) / ".ci" / "test-tools").read_text()
    wanted = {
        name
        for path in TESTS.rglob("*.py")
        for name in re.findall(r'shutil\.which\("(\w+)"\)', path.read_text())
    }

    elsewhere = {"helm", "node"}  # built with Go; installed with npm
    for name in wanted - elsewhere - {"docker", "setpriv", "unshare"}:
        assert f"[{name}]=" in script or f"={name}" in script, name
