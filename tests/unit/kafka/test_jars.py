"""The jars of the development broker are the locked ones, byte for byte."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from services.kafka.jars import download_jars, locked_jars, missing_jars
from services.messaging.errors import UsageError

JARS = {"org.example:first:1.0": b"one", "org.example.deep:second_2.13:2.1": b"two"}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A local Maven repository that has the jars already, so that nothing is downloaded."""
    folder = tmp_path / "repository"
    for coordinates, content in JARS.items():
        group, artifact, version = coordinates.split(":")
        jar = folder / group.replace(".", "/") / artifact / version / f"{artifact}-{version}.jar"
        jar.parent.mkdir(parents=True)
        jar.write_bytes(content)
    monkeypatch.setenv("M2_REPO", str(folder))
    return folder


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "jars.lock"
    lines = (f"{name} {hashlib.sha256(content).hexdigest()}\n" for name, content in JARS.items())
    path.write_text("# A comment.\n" + "".join(lines))
    return path


@pytest.mark.usefixtures("repository")
def test_missing_jars_are_installed_and_those_of_other_versions_removed(
    tmp_path: Path, lock: Path
) -> None:
    libs = tmp_path / "libs"
    libs.mkdir()
    (libs / "first-0.9.jar").touch()
    steps: list[int] = []

    assert len(missing_jars(libs, lock)) == 2
    assert download_jars(libs, lambda: steps.append(1), lock) == 2

    assert sorted(path.name for path in libs.iterdir()) == ["first-1.0.jar", "second_2.13-2.1.jar"]
    assert (libs / "first-1.0.jar").read_bytes() == b"one"
    assert len(steps) == 2
    assert download_jars(libs, lock=lock) == 0


def test_a_jar_with_a_wrong_checksum_is_refused_and_not_kept(
    tmp_path: Path, lock: Path, repository: Path
) -> None:
    (jar,) = repository.rglob("first-1.0.jar")
    jar.write_bytes(b"other")

    with pytest.raises(UsageError, match=r"The checksum of org\.example:first:1\.0"):
        download_jars(tmp_path / "libs", lock=lock)

    assert not jar.exists()
    assert not (tmp_path / "libs" / "first-1.0.jar").exists()


def test_without_the_resolver_it_is_said_what_to_install(
    tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jgo.maven", None)

    with pytest.raises(UsageError, match=r"pip install newsloom-server\[broker\]"):
        download_jars(tmp_path / "libs", lock=lock)


def test_the_lock_names_the_server_and_the_client_of_one_version() -> None:
    versions = {
        jar.coordinates.split(":")[2]
        for jar in locked_jars()
        if jar.coordinates.startswith("org.apache.kafka:")
    }

    assert len(versions) == 1
    assert all(len(jar.sha256) == 64 for jar in locked_jars())
