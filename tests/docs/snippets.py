"""Read the code for subscribers that must print a known line.

That is the code blocks of the pages that state the line, and the examples in other languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "subscribing.md"
PAGES = (PAGE, ROOT / "client" / "README.md")
EXAMPLES = {
    "java": ROOT / "examples" / "java" / "Subscriber.java",
    "javascript": ROOT / "examples" / "node" / "subscriber.mjs",
}
TITLE = "NATO opens rescue centre near Oslo"
"""The title of the article on the page, which the examples print."""
_BLOCK = re.compile(r"<!-- prints: (.+?) -->\n```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Snippet:
    """A piece of code, its language, and the line that it must print."""

    language: str
    code: str
    prints: str


def snippets() -> list[Snippet]:
    blocks = (block for page in PAGES for block in _BLOCK.findall(page.read_text()))
    return [
        *(Snippet(language, code, prints) for prints, language, code in blocks),
        *(Snippet(language, file.read_text(), TITLE) for language, file in EXAMPLES.items()),
    ]


def text() -> str:
    return PAGE.read_text()
