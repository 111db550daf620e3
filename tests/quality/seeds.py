"""The seed pages as articles: title and date as the gold file states them, clutter cut.

The cleaning stage has its own scores; here only its result matters, so the gold file's
title, date and the paragraphs without clutter stand in for it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_END = re.compile(r"^(Tags|Follow us|Copyright|Video of day|Загрузка)", re.MULTILINE)
_SHORTEST = 5


def rows(folder: Path) -> list[dict[str, Any]]:
    """Five rows with `event_id`, in the order of their names."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    made = []
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
            if part != title and part not in seen and len(part.split()) >= _SHORTEST:
                seen.append(part)
        made.append({
            "id": name, "set": "seeds", "title": title, "date": known["published"],
            "text": "\n\n".join(seen), "source": name[:3], "event_id": known["story"],
        })  # fmt: skip
    return made
