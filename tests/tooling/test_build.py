"""A wheel can be built without a C compiler."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = ROOT / ".uv" / "bin" / "uv"
BUILT_FROM = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE")


def test_without_a_compiler_the_package_is_built(tmp_path: Path) -> None:
    if not UV.exists():
        pytest.skip("uv is not installed: run `make setup`")
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, tmp_path)
    for name in ("schemas", "services"):
        hidden = shutil.ignore_patterns("*.so", "__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=hidden)

    done = subprocess.run(
        [UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable, "-q"],
        cwd=tmp_path,
        env={**os.environ, "CC": "/there/is/none"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "dist").glob("*.whl")] == [
        "newsloom_server-0.1.0-py3-none-any.whl"
    ]
