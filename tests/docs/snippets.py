"""Read the code blocks of the pages for subscribers that state the line that they must print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "subscribing.md"
PAGES = (PAGE, ROOT / "client" / "README.md")
_BLOCK = re.compile(r"<!-- prints: (.+?) -->\n```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Snippet:
    """A block of code, its language, and the line that it must print."""

    language: str
    code: str
    prints: str


def snippets() -> list[Snippet]:
    blocks = (block for page in PAGES for block in _BLOCK.findall(page.read_text()))
    return [Snippet(language, code, prints) for prints, language, code in blocks]


def text() -> str:
    return PAGE.read_text()
