"""Read the seed pages as cleaned articles, with the title and date of the gold file.

The scores that use this module do not depend on the cleaning stage, which has its own scores. The
gold title, the gold date and the paragraphs without clutter replace the result of cleaning.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_END = re.compile(r"^(Tags|Follow us|Copyright|Video of day|Загрузка)", re.MULTILINE)
_MIN_PARAGRAPH_WORDS = 5


def rows(folder: Path) -> list[dict[str, Any]]:
    """Return the five pages as rows with `event_id`, in the order of their names."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    rows_of_pages = []
    for name in sorted(key for key in gold if key.endswith(".txt")):
        known = gold[name]
        text = (folder / name).read_text(encoding="utf-8").replace("Video of day\n", "")
        for drop in (*known["drop"], "Getty", "share on:"):
            if drop.startswith("date "):
                text = text.replace(drop, "")
        match = _END.search(text)
        text = text[: match.start()] if match else text
        title = known["title"] or ""
        parts = [part.strip() for part in text.split("\n") if part.strip()]
        seen: list[str] = []
        for part in parts:
            if part != title and part not in seen and len(part.split()) >= _MIN_PARAGRAPH_WORDS:
                seen.append(part)
        rows_of_pages.append({
            "id": name, "set": "seeds", "title": title, "date": known["published"],
            "text": "\n\n".join(seen), "source": name[:3], "event_id": known["story"],
        })  # fmt: skip
    return rows_of_pages
