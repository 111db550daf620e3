"""Count the gold statements on the five seed pages that the pipeline meets: `make score-seeds`.

The real stages process the pages without Kafka. The stories are checked in every arrival order.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.article import EnrichedArticle, RawArticle
from services.ingest.files import load
from services.operations.in_process import Pipeline
from tests.quality.report import progress, show, write

_TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place"}
_ARRIVAL = datetime(2022, 2, 1, tzinfo=UTC)


def main() -> None:
    """Score the pages and print the result; without the folder, print a message instead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=Path("../shared/eval"))
    folder: Path = parser.parse_args().eval / "seeds"
    if not (folder / "gold.json").exists():
        progress(f"There is no {folder}; score-seeds is skipped (EVAL=path names another folder).")
        return
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    names = sorted(name for name in gold if name.endswith(".txt"))
    raw = {name: article for name in names for article in _articles(folder / name)}
    pipeline = Pipeline()
    enriched = _enrich(pipeline, raw, names)
    held: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    faults = []
    for name in names:
        for kind, point, holds in _points(gold[name], enriched.get(name)):
            wanted[kind] += 1
            held[kind] += holds
            if not holds:
                faults.append((name[:3], kind, point[:90]))
    correct_orders = 0
    orders = list(itertools.permutations(names))
    for number, order in enumerate(orders):
        if number % 20 == 0:
            progress(f"arrival order {number} of {len(orders)}")
        correct_orders += _stories_are_correct(_enrich(pipeline.fresh(), raw, list(order)), gold)
    wanted["arrival orders with the right stories"] = len(orders)
    held["arrival orders with the right stories"] = correct_orders
    show("Gold statements on the seed pages", ["statement", "met", "of"],
         [[kind, held[kind], wanted[kind]] for kind in wanted])  # fmt: skip
    if faults:
        show("Gold statements that are not met", ["page", "statement", "gold"], faults)
    figures: dict[str, float | int | str] = {}
    for kind in wanted:
        figures[f"{kind.replace(' ', '_')}.hold"] = held[kind]
        figures[f"{kind.replace(' ', '_')}.of"] = wanted[kind]
    write("score-seeds", figures)


def _articles(path: Path) -> list[RawArticle]:
    return [item.article for item in load(path) if item.article is not None]


def _enrich(
    pipeline: Pipeline, raw: dict[str, RawArticle], order: list[str]
) -> dict[str, EnrichedArticle]:
    outcomes = {name: pipeline.take(raw[name], _ARRIVAL) for name in order}
    return {name: end.enriched for name, end in outcomes.items() if end.enriched is not None}


def _stories_are_correct(enriched: dict[str, EnrichedArticle], gold: dict[str, Any]) -> bool:
    pairs = itertools.combinations(enriched, 2)
    together = all(
        (enriched[a].story_id == enriched[b].story_id) == (gold[a]["story"] == gold[b]["story"])
        for a, b in pairs
    )
    return together and len(enriched) == len([name for name in gold if name.endswith(".txt")])


def _points(gold: dict[str, Any], article: EnrichedArticle | None) -> list[tuple[str, str, bool]]:
    if article is None:
        return [("page", "it is enriched", False)]
    body = " ".join(article.body.split())
    title = article.title
    points = [("page", "it is enriched", True)]
    points += [("keep", text, " ".join(text.split()) in body) for text in gold["keep"]]
    points += [("once", text, body.count(text) == 1) for text in gold.get("once", [])]
    points += [("drop", text, text not in body and text not in title) for text in gold["drop"]]
    if gold["title"] is not None:
        points.append(("title", gold["title"], title == gold["title"]))
    stated = article.published.value if article.published else None
    points.append(("published", str(gold["published"]), stated == gold["published"]))
    names = {(entity.name, str(entity.type)) for entity in article.entities}
    forms = {
        (mention.text, str(entity.type))
        for entity in article.entities
        for mention in entity.mentions
    }
    for name, kind in gold["entities"].items():
        points.append(("entity", f"{name} {kind}", (name, _TYPES[kind]) in names | forms))
    core = {name for name, kind in names if kind in _TYPES.values()}
    points += [("not an entity", name, name not in core) for name in gold["not_entities"]]
    speakers = {quote.speaker for quote in article.quotes}
    points += [("speaker", name, name in speakers) for name in gold["quote_speakers"]]
    return points


if __name__ == "__main__":
    main()
