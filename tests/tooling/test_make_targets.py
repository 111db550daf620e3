"""Every `make` target that the documentation names exists."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.unit.project.test_docs import DOCS, ROOT

NAMED = sorted(
    {
        target
        for path in DOCS
        for target in re.findall(r"(?:^|`)make ([a-z][a-z-]+)", path.read_text(), re.MULTILINE)
    }
    - {"score-"}  # "make score-*"
)


def test_the_documentation_names_targets() -> None:
    assert {"setup", "test", "lint", "demo"} <= set(NAMED)


@pytest.mark.parametrize("target", NAMED)
def test_every_make_target_in_the_documentation_exists(target: str) -> None:
    done = subprocess.run(
        ["make", "-n", target],  # noqa: S607 - whatever make there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
