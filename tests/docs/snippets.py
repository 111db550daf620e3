"""Read the code blocks of docs/subscribing.md that state the line that they must print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "subscribing.md"
_BLOCK = re.compile(r"<!-- prints: (.+?) -->\n```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Snippet:
    """A block of code, its language, and the line that it must print."""

    language: str
    code: str
    prints: str


def snippets() -> list[Snippet]:
    return [Snippet(language, code, prints) for prints, language, code in _BLOCK.findall(text())]


def text() -> str:
    return PAGE.read_text()
