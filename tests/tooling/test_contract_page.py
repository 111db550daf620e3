"""`make contract-page` shows every message, and works in a browser without a network."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from schemas.topics import DEAD_LETTERS, PUBLIC

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".newsloom" / "node"

pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not (MODULES / ".installed").exists(),
    reason="AsyncAPI's component is not installed: make test-tools",
)

_CLICKS = """
setTimeout(() => {
  for (const button of document.querySelectorAll("#operation-send-sendStory button")) {
    if (button.innerText.includes("Expand all")) button.click();
  }
}, 1000);
"""


class Links(HTMLParser):
    """Collects the addresses of everything that a page loads or links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == "src" or (name == "href" and tag == "link")):
                self.loaded.append(value)
            elif value and name == "href":
                self.linked.append(value)


def make(document: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    script = MODULES / "contract-page.mjs"  # beside the packages, where node looks for them
    shutil.copy(ROOT / "tests" / "node" / script.name, script)
    return subprocess.run(
        ["node", str(script), str(document), str(folder)],  # noqa: S607 - whatever node there is
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contract")
    done = make(ROOT / "schemas" / "asyncapi.yaml", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_page_names_every_topic_and_schema_and_loads_nothing(pages: Path) -> None:
    page = (pages / "index.html").read_text()
    shown, _, _ = page.partition("<script>")

    for topic in PUBLIC:
        assert topic.name in shown
        assert topic.title in shown
        # That of a dead letter describes a header, and the page only names schemas of values.
        assert topic is DEAD_LETTERS or topic.schema_uri in shown
    assert Links(page).loaded == []
    assert page.count("<script") == page.count("</script>") == 2  # none ends too early


def test_the_schemas_are_listed_by_id_and_release_and_all_links_work(pages: Path) -> None:
    listed = (pages / "json" / "index.html").read_text()

    for topic in PUBLIC:
        assert f"<code>{topic.schema_uri}</code>" in listed
    for release in (ROOT / "schemas" / "json" / "released").iterdir():
        assert listed.count(f'href="released/{release.name}/') == len([*release.glob("*.json")])
    links = Links(listed).linked
    assert len(links) > len(PUBLIC)
    assert all((pages / "json" / link).is_file() for link in links)


def test_a_broken_document_is_reported(tmp_path: Path) -> None:
    document = tmp_path / "asyncapi.yaml"
    document.write_text("asyncapi: 3.1.0\ninfo:\n  title: 3\n")

    done = make(document, tmp_path / "out")

    assert done.returncode == 1
    assert "info" in done.stderr
    assert not (tmp_path / "out").exists()


def test_in_a_browser_the_fields_of_a_message_can_be_opened(pages: Path, tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed: make test-tools")
    page = (pages / "index.html").read_text()
    before, end, after = page.rpartition("</body>")
    (tmp_path / "clicked.html").write_text(f"{before}<script>{_CLICKS}</script>{end}{after}")
    field = "Version of the story; it increases by one with every change."
    assert field not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)

    done = subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *(f"--user-data-dir={tmp_path}", "--virtual-time-budget=20000"),
            f"file://{tmp_path}/clicked.html",
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )

    assert field in re.sub(r"<script>.*?</script>", "", done.stdout, flags=re.DOTALL)
