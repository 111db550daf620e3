"""Score entities, quotations and speakers on five real pages that were labelled by hand.

The texts are in the evaluation folder. A quotation is identified by a hash of its beginning.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.tagging.core import Tagger, Tags, TextToTag

GOLD_TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place"}

MARKED_QUOTES = Path(__file__).with_name("seed_quotes.json")
"""For each page, the hashes of its quotations, and whether the gold file has their speakers."""

HASHED_LETTERS = 24
MIN_PARAGRAPH_WORDS, LONG_PARAGRAPH_WORDS = 6, 20


@dataclass(slots=True)
class SeedResult:
    """The number of gold statements and of those that are met, with a description of each fault."""

    entities_wanted: int = 0
    entities_found: int = 0
    quotes_wanted: int = 0
    quotes_found: int = 0
    speakers_wanted: int = 0
    speakers_right: int = 0
    faults: list[str] = field(default_factory=list)


def quote_hash(text: str) -> str:
    """Return the hash of a quotation's first letters in lower case, which identifies it."""
    letters = re.sub(r"[\W_]", "", text.casefold())[:HASHED_LETTERS]
    return hashlib.sha256(letters.encode()).hexdigest()[:12]


def rough_text(page: str, gold: dict[str, Any]) -> TextToTag:
    """Return a page's text without clutter: remove short lines without final punctuation."""
    title = gold["title"] or ""
    kept: dict[str, None] = {}
    for block in re.split(r"\n\s*\n", page):
        text = re.sub(r"^\s*date \d{4}-\d\d-\d\d\s*", "", block).strip()
        words = len(text.split())
        if words < MIN_PARAGRAPH_WORDS or text == title or any(d in text for d in gold["drop"]):
            continue
        if words < LONG_PARAGRAPH_WORDS and text[-1] not in ".!?…:;,\"”’'":
            continue
        kept[text] = None
    return TextToTag(title, "\n\n".join(kept), "en")


def score_seeds(tagger: Tagger, folder: Path) -> SeedResult:
    """Tag the pages and compare them with the gold; raise `OSError` if a page is missing."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    marked = json.loads(MARKED_QUOTES.read_text(encoding="utf-8"))
    result = SeedResult()
    for name, page in gold.items():
        if not name.endswith(".txt"):
            continue
        article = rough_text((folder / name).read_text(encoding="utf-8"), page)
        tags = tagger.tag_batch([article])[0]
        _score_entities(name, page, tags, result)
        _score_quotes(name, page, marked.get(name, {}), tags, result)
    return result


def _score_entities(name: str, page: dict[str, Any], tags: Tags, result: SeedResult) -> None:
    names = set()
    for entity in tags.entities:
        names.add((entity.name, str(entity.type)))
        names.update((mention.text, str(entity.type)) for mention in entity.mentions)
    for wanted, kind in page["entities"].items():
        result.entities_wanted += 1
        if (wanted, GOLD_TYPES[kind]) in names:
            result.entities_found += 1
        else:
            result.faults.append(f"{name}: {wanted} is not tagged as {GOLD_TYPES[kind]}")
    for unwanted in page["not_entities"]:
        if any((unwanted, kind) in names for kind in GOLD_TYPES.values()):
            result.faults.append(f"{name}: {unwanted} is tagged")


def _score_quotes(
    name: str, page: dict[str, Any], marked: dict[str, bool], tags: Tags, result: SeedResult
) -> None:
    quotes = {quote_hash(quote.text): quote for quote in tags.quotes}
    for known, has_gold_speaker in marked.items():
        result.quotes_wanted += 1
        result.speakers_wanted += has_gold_speaker
        quote = quotes.get(known)
        if quote is None:
            result.faults.append(f"{name}: quote {known} is not found")
            continue
        result.quotes_found += 1
        if has_gold_speaker and quote.speaker in page["quote_speakers"]:
            result.speakers_right += 1
        elif has_gold_speaker:
            result.faults.append(f"{name}: quote {known} is attributed to {quote.speaker}")
