"""No input is executed as code, and no server listens on more addresses than it must."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.settings import Settings

ROOT = Path(__file__).parents[3]
SOURCES = sorted(path for name in ("services", "schemas") for path in (ROOT / name).rglob("*.py"))

UNSAFE_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
"""Reading with these libraries executes the input."""

UNSAFE_CALLS = {
    *("eval", "exec", "compile", "__import__"),
    *("yaml.load", "yaml.load_all", "yaml.unsafe_load", "yaml.full_load"),
    *("os.system", "os.popen", "pandas.read_pickle", "torch.load"),
    "tempfile.mktemp",
}

XML = {"xml.etree", "xml.dom", "xml.sax", "lxml"}
"""Parsers that expand entities or download what a document references."""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def faults(source: str) -> list[str]:
    """Return the places in a module that could execute its input."""
    tree = ast.parse(source)
    found = [
        f"import {name}"
        for name in imports(tree)
        if name.split(".")[0] in UNSAFE_MODULES or name.startswith(tuple(XML))
    ]
    for name, call in calls(tree):
        named = {word.arg: ast.unparse(word.value) for word in call.keywords}
        if name in UNSAFE_CALLS:
            found.append(f"{name}()")
        if named.get("shell") == "True" or named.get("allow_pickle") == "True":
            found.append(f"{name}({named})")
    return found


def test_no_module_executes_its_input() -> None:
    found = {str(path.relative_to(ROOT)): faults(path.read_text()) for path in SOURCES}

    assert len(found) > 100
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "import xml.etree.ElementTree as ET",
        "eval(text)",
        "import yaml\nyaml.load(text)",
        "import numpy as np\nnp.load(path, allow_pickle=True)",
        "import subprocess\nsubprocess.run(text, shell=True)",
    ],
)
def test_unsafe_code_is_detected(source: str) -> None:
    assert faults(source)


def test_no_security_rule_of_the_linter_is_disabled() -> None:
    """Ruff's S rules detect the same and more."""
    rules = re.compile(r"noqa:[^\n]*\bS(102|30[1-7]|31[2-9]|320|50[16]|60[24-6])\b")
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    product = [
        rule
        for files, ignored in {"**": lint["ignore"], **lint["per-file-ignores"]}.items()
        for rule in ignored
        if not files.startswith("tests/") and re.fullmatch(r"S\d*", rule)
    ]

    assert [path.name for path in SOURCES if rules.search(path.read_text())] == []
    assert product == ["S101", "S608"], "asserts, and queries made of our own words"


def test_a_worker_listens_on_the_loopback_unless_told_otherwise() -> None:
    """In a container it must be reachable from outside, so the image sets the address."""
    assert Settings(_env_file=None).http_host == "127.0.0.1"
    assert "NEWSLOOM_HTTP_HOST=0.0.0.0" in (ROOT / "deploy" / "Dockerfile").read_text()


def test_no_secret_has_a_default_or_is_shown() -> None:
    settings = Settings(kafka_password="seen?", kafka_key_password="seen?")  # noqa: S106

    assert "seen?" not in repr(settings)
    assert "seen?" not in settings.model_dump_json()
    for name, field in Settings.model_fields.items():
        if "password" in name or "token" in name or "secret" in name:
            assert field.default is None, name


def test_only_the_faust_adapter_touches_private_attributes_of_libraries() -> None:
    """Ruff finds each such access; only the adapter may switch that finding off."""
    allowed = "services/faust_adapter/"
    exceptions = {
        str(path.relative_to(ROOT)) for path in SOURCES if "noqa: SLF001" in path.read_text()
    }

    assert exceptions
    assert [name for name in sorted(exceptions) if not name.startswith(allowed)] == []


def unclosed_generators(source: str) -> list[str]:
    """Return the asynchronous generators of records that are iterated without `aclosing`."""
    return [
        ast.unparse(node.iter)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AsyncFor)
        and isinstance(node.iter, ast.Call)
        # Faust closes the streams of its agents itself.
        and ast.unparse(node.iter.func) not in {"app.records", "stream.noack().events"}
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_asynchronous_generators_are_closed_where_they_are_used(path: Path) -> None:
    """One that is left to the garbage collector closes its connections too late, with errors."""
    assert unclosed_generators(path.read_text()) == []
