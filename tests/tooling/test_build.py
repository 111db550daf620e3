"""The build, with and without a C compiler."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import util
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


def test_a_packaged_compiler_is_used_only_where_there_is_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spec = util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    build = util.module_from_spec(spec)
    spec.loader.exec_module(build)
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setattr(build, "find_spec", lambda _name: object())
    with monkeypatch.context() as there:
        there.setattr(build.shutil, "which", lambda _name: "/usr/bin/cc")
        assert build.packaged_compiler() is None

    monkeypatch.setattr(build.shutil, "which", lambda _name: None)
    assert build.packaged_compiler() == f"{sys.executable} -m ziglang cc"

    monkeypatch.setenv("CC", "tcc")
    assert build.packaged_compiler() is None, "the user's choice comes first"
