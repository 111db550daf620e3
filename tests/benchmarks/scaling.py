"""Compute the tables of docs/scaling.md from measured figures: `make scaling`.

`scaling.json` in this folder holds each figure with the command that measures it. If that command
has written a report to build/reports, the figure is first updated from the report. Then the tables
are generated. A test checks that the tables agree with the figures.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from schemas.topics import TAGGED
from services.processing.stages import STAGES
from services.settings import Settings
from tests.quality import report

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "scaling.md"
FIGURES = Path(__file__).with_suffix(".json")

BUSY = 0.6
"""Planned utilization of a core. The rest is for peaks, backlogs and the loss of a worker."""
LOADS = (12, 100, 500)
"""Articles a second: the estimated volume of the world's news, and multiples of it."""
A_DAY = 1_000_000
DAYS = 7
SHARES = (1.0, 0.4, 0.25, 0.1)
"""Examples of the share of one language in all articles."""
COPIES = 3
"""Replicas of a topic."""
GB = 1e9

Figures = Mapping[str, float]


def cost(figures: Figures, stage: str) -> float:
    """Return the CPU milliseconds per article: those of the stage and the overhead of Kafka."""
    plumbing = figures[f"{stage}_worker_ms"] - figures[f"{stage}_direct_ms"]
    return 1000 / figures[f"{stage}_per_second"] + plumbing


def workers(figures: Figures, stage: str, load: float) -> int:
    """Return how many workers a load needs; ``load`` is in articles a second."""
    return math.ceil(load * cost(figures, stage) / 1000 / BUSY)


def partitions(figures: Figures, load: float) -> int:
    """Return the partitions of the raw and clean topics: 1.5 per worker, in multiples of 8."""
    most = max(workers(figures, stage, load) for stage in ("cleaning", "tagging"))
    return max(8, 8 * math.ceil(1.5 * most / 8))


def one_language(figures: Figures) -> float:
    """Return the highest load of one language, which a single dedup worker must process."""
    return BUSY * 1000 / cost(figures, "dedup")


def tables(figures: Figures, sources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the tables of the document by name, as Markdown."""
    return {
        "figures": _table(
            ["figure", "measured", "command"],
            [
                [source["what"], f"{source['value']:,} {source['unit']}", f"`{source['command']}`"]
                for source in sources
            ],
        ),
        "cost": _table(
            ["stage", "work, ms", "with Kafka, ms", "articles/s a core", f"planned ({BUSY:.0%})"],
            [
                [
                    stage,
                    f"{1000 / figures[f'{stage}_per_second']:.1f}",
                    f"**{cost(figures, stage):.1f}**",
                    f"{1000 / cost(figures, stage):.0f}",
                    f"{BUSY * 1000 / cost(figures, stage):.0f}",
                ]
                for stage in STAGES
            ],
        ),
        "workers": _table(
            ["articles/s", *STAGES, "raw and clean partitions", "largest share of one language"],
            [
                [
                    load,
                    *(workers(figures, stage, load) for stage in STAGES),
                    partitions(figures, load),
                    f"{min(1.0, one_language(figures) / load):.0%}",
                ]
                for load in LOADS
            ],
        ),
        "window": _table(
            ["share of one language", "articles", "memory", "disk", "index rebuilt in"],
            [_window(figures, share) for share in SHARES],
        ),
        "sums": _sums(figures),
    }


def _window(figures: Figures, share: float) -> list[object]:
    articles = A_DAY * DAYS * share
    rows = articles * figures["rows"] / figures["articles"]
    return [
        f"{share:.0%}",
        f"{articles / 1e6:.1f} M",
        f"{(articles * figures['window_memory'] + figures['dedup_mb'] * 1e6) / GB:.1f} GB",
        f"{articles * figures['window_disk'] / GB:.1f} GB",
        f"{rows / figures['rebuild_per_second'] / 60:.1f} min",
    ]


def _sums(figures: Figures) -> str:
    tagging = cost(figures, "tagging")
    plumbing = figures["tagging_worker_ms"] - figures["tagging_direct_ms"]
    load = LOADS[1]
    articles = A_DAY * DAYS
    most = Settings.model_fields["window_articles"].default
    changelog = articles * figures["window_rows"] / GB
    lines = [
        (
            f"- Tagging an article takes 1000 / {figures['tagging_per_second']:g} + "
            f"({figures['tagging_worker_ms']:g} - {figures['tagging_direct_ms']:g}) = "
            f"{1000 / figures['tagging_per_second']:.1f} + {plumbing:.1f} = {tagging:.1f} ms."
        ),
        (
            f"- {load} articles/s need {load} x {tagging:.1f} ms = {load * tagging / 1000:.1f} "
            f"cores; at {BUSY:.0%} of a core each, {load * tagging / 1000:.1f} / {BUSY:g} = "
            f"{load * tagging / 1000 / BUSY:.1f}, so {workers(figures, 'tagging', load)} workers."
        ),
        (
            f"- A language is on one of the {TAGGED.partitions} partitions of the tagged topic, "
            f"so one dedup worker processes it: "
            f"{BUSY:g} x 1000 / {cost(figures, 'dedup'):.1f} ms = "
            f"{one_language(figures):.0f} articles/s of one language at most, "
            f"{one_language(figures) / BUSY:.0f} with the core full."
        ),
        (
            f"- After a stage has been down, it catches up in "
            f"{BUSY:g} / (1 - {BUSY:g}) = {BUSY / (1 - BUSY):.1f} times the downtime."
        ),
        (
            f"- The window: {A_DAY:,} x {DAYS} = {articles / 1e6:g} M articles. Memory "
            f"{articles / 1e6:g} M x {figures['window_memory']:,.0f} bytes = "
            f"{articles * figures['window_memory'] / GB:.1f} GB, disk x "
            f"{figures['window_disk']:,.0f} bytes = "
            f"{articles * figures['window_disk'] / GB:.1f} GB, over all workers."
        ),
        (
            f"- The changelogs hold the same rows on Kafka: x {figures['window_rows']:,.0f} bytes "
            f"= {changelog:.1f} GB, with {COPIES} replicas {COPIES * changelog:.1f} GB, and "
            "somewhat more until Kafka has compacted them."
        ),
        (
            "- Rebuilding the index reads "
            f"{figures['rows'] / figures['articles']:.2f} rows an article: "
            f"{articles * figures['rows'] / figures['articles'] / 1e6:.1f} M rows at "
            f"{figures['rebuild_per_second']:,.0f} a second."
        ),
        (
            f"- NEWSLOOM_WINDOW_ARTICLES ({most / 1e6:g} M by default) limits the articles of a "
            f"language: if it has more than {most / articles:.0%} of all articles, its oldest ones "
            f"are forgotten before {DAYS} days are over."
        ),
    ]
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def read() -> list[dict[str, Any]]:
    """Read the figures with their sources."""
    sources: list[dict[str, Any]] = json.loads(FIGURES.read_text())
    return sources


def values(sources: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the figures by name."""
    return {source["name"]: float(source["value"]) for source in sources}


def filled(text: str, sources: Sequence[Mapping[str, Any]]) -> str:
    """Return the document with its tables, which are between HTML comments, replaced."""
    for name, table in tables(values(sources), sources).items():
        text = re.sub(
            rf"(?s)(<!-- {name} -->\n).*?(<!-- end -->)",
            lambda found, table=table: f"{found[1]}{table}\n{found[2]}",  # type: ignore[misc]
            text,
        )
    return text


def take(sources: list[dict[str, Any]], reports: Path) -> list[str]:
    """Update the figures from the reports, and return a line for each figure that changed."""
    changed = []
    for source in sources:
        path = reports / f"{source['report']}.json"
        if not path.exists():
            continue
        measured = json.loads(path.read_text()).get(source["key"])
        if measured is not None and measured != source["value"]:
            changed.append(f"{source['what']}: {source['value']:,} -> {measured:,}")
            source["value"] = measured
    return changed


def main() -> None:
    """Update the figures and write the tables."""
    sources = read()
    for line in take(sources, ROOT / report.REPORTS):
        report.progress(line)
    rows = ",\n".join(f" {json.dumps(source)}" for source in sources)
    FIGURES.write_text(f"[\n{rows}\n]\n")
    DOCUMENT.write_text(filled(DOCUMENT.read_text(), sources))
    report.progress(f"written: {DOCUMENT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
