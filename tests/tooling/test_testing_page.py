"""The service and the test of docs/testing-subscribers.md run as they are written there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "testing-subscribers.md"
_FILE = re.compile(r"<!-- file: (\S+) -->\n```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILES = dict(_FILE.findall(PAGE.read_text()))


def run_tests(folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    for name, text in FILES.items():
        (folder / name).write_text(changed.get(name.removesuffix(".py"), text))
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_test_on_the_page_passes(tmp_path: Path) -> None:
    done = run_tests(tmp_path)

    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


@pytest.mark.parametrize(
    ("right", "wrong", "failing"),
    [
        ("elif article.story_id not in stories:", "else:", "test_a_story_is_reported_once"),
        (" or message.event.id in events", "", "although_the_message_is_repeated"),
        ('entity="NATO", ', "", "test_articles_about_something_else"),
    ],
    ids=["no stories", "no repeats", "no filter"],
)
def test_it_finds_faults_in_the_service(
    tmp_path: Path, right: str, wrong: str, failing: str
) -> None:
    done = run_tests(tmp_path, alerts=FILES["alerts.py"].replace(right, wrong))

    assert done.returncode == 1, done.stdout
    assert re.search(rf"FAILED .*{failing}", done.stdout)
