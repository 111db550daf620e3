"""Links, reasons, commands and tests that the documentation names exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from services.cli import COMMANDS
from services.messaging.errors import FILTERED, Reason

ROOT = Path(__file__).parents[3]
DOCS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained_with_its_outcome(reason: Reason) -> None:
    text = (ROOT / "docs" / "dead-letters.md").read_text()
    outcome = "filtered" if reason in FILTERED else "failed"

    assert re.search(rf"^\| `{reason}` \| {outcome} \|", text, re.MULTILINE)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_to_a_section_leads_to_a_heading(path: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", path.read_text()):
        document = path.parent / target if target else path
        if document.suffix == ".md":
            assert anchor in _anchors(document), f"{target}#{anchor}"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_named_file_and_test_exists(path: Path) -> None:
    text = path.read_text()
    for name in re.findall(r"`((?:tests|services|schemas|client|deploy)/[\w/.-]+)`", text):
        assert (ROOT / name).exists(), name
    named = set(re.findall(r"`(test_\w+)`", text))
    assert named <= (_test_names() if named else set()), named - _test_names()


@cache
def _test_names() -> set[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text())}


def _anchors(document: Path) -> set[str]:
    """Anchors that GitHub gives the headings of a Markdown file."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_command_in_the_documentation_exists(path: Path) -> None:
    groups: dict[str, set[str]] = {
        name: set(getattr(command.load(name), "commands", {})) for name, command in COMMANDS.items()
    }
    for name, below in re.findall(r"newsloom ([a-z][a-z-]*)(?: ([a-z]+))?", path.read_text()):
        if name in groups:
            assert not groups[name] or not below or below in groups[name], f"{name} {below}"
        else:
            assert not re.search(rf"`newsloom {name}", path.read_text()), name


def test_the_first_example_finds_an_entity_in_the_samples() -> None:
    (entity,) = re.findall(
        r'subscribe\("enriched", entity="([^"]+)"', (ROOT / "README.md").read_text()
    )
    samples = (ROOT / "samples" / "articles").iterdir()

    assert any(entity in path.read_text("utf-8", "replace") for path in samples)
