"""Compare the tagger with the bare model: accuracy, quotations, speed, memory, load time.

    python -m tests.quality.score_tagging [--eval DIR] [--files a.jsonl b.jsonl] [--packs]

With `--packs` the gold files are scored with all gazetteer packs loaded as well, and nothing else
is measured.
The command prints one table and writes the same figures to build/reports/score-tagging.json.
Without the evaluation folder it prints a message and exits with status 0.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# The targets are for one core; the libraries read these variables on import.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from services.tagging.core import CACHE_CHARS, Tagger
from tests.quality.bare_model import BareModel
from tests.quality.ner_files import read_articles
from tests.quality.pack_scores import compare_packs
from tests.quality.tagging_scores import TYPES, bare_model_spans, score, tagger_spans
from tests.quality.tagging_seeds import score_seeds
from tests.quality.tagging_speed import measure_load, measure_memory_in_new_process, measure_speeds

REPORT = Path("build/reports/score-tagging.json")
DEFAULT_EVAL = Path(os.environ.get("NEWSLOOM_EVAL", "../shared/eval"))

Figures = dict[str, float | int | str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts whose data exists, and return the exit code."""
    options = _options(arguments)
    folder: Path = options.eval
    files = options.files or [
        path
        for path in (folder / "ner/wikigold.jsonl", folder / "ner/conll2003_dev.jsonl")
        if path.exists()
    ]
    reuters = folder / "bulk/reuters21578.jsonl"
    if not folder.is_dir() and not options.files:
        print(f"No evaluation folder at {folder}: nothing scored (name one with --eval).")
        return 0
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        print(f"No such file: {', '.join(missing)}")
        return 2
    figures: Figures = {}
    rows: list[tuple[str, ...]] = []
    tagger = Tagger.load()
    if options.packs:
        compare_packs(tagger, files, figures, rows)
        _print(rows)
        return 0
    if files:
        _accuracy(tagger, files, figures, rows)
    if (folder / "seeds/gold.json").exists() and not options.files:
        _seeds(tagger, folder / "seeds", figures, rows)
    del tagger
    if reuters.exists() and not options.files:
        _speed(reuters, options.articles, figures, rows)
        _memory(reuters, options.memory_articles, options.cache_chars, figures, rows)
    if not options.files:
        _load(figures, rows)
    _print(rows)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"\nFigures: {REPORT}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--eval", type=Path, default=DEFAULT_EVAL, help="evaluation folder")
    parser.add_argument("--files", type=Path, nargs="+", help="score only these gold files")
    parser.add_argument(
        "--packs", action="store_true", help="score with and without the gazetteer packs"
    )
    parser.add_argument("--articles", type=int, default=250, help="articles to time")
    parser.add_argument(
        "--memory-articles",
        type=int,
        default=4000,
        help="articles of the memory measurement; 0 skips it",
    )
    parser.add_argument(
        "--cache-chars",
        type=int,
        default=2_000_000,
        help="size limit of the cache in the memory measurement",
    )
    return parser.parse_args(arguments)


def _accuracy(
    tagger: Tagger, files: Sequence[Path], figures: Figures, rows: list[tuple[str, ...]]
) -> None:
    model = BareModel()
    rows.append(("F1, exact spans", "ours", "bare md", "gain", "ours P / R", "spans"))
    for path in files:
        articles = read_articles(path)
        gold = [article.spans for article in articles]
        found = tagger_spans(tagger, articles)
        found_by_bare = bare_model_spans(model, articles)
        for kind in (None, *TYPES):
            mine, theirs = score(gold, found, kind), score(gold, found_by_bare, kind)
            name = f"{path.stem} {kind or 'all'}"
            rows.append(
                (
                    name,
                    f"{mine.f1:.2f}",
                    f"{theirs.f1:.2f}",
                    f"{mine.f1 - theirs.f1:+.2f}",
                    f"{mine.precision:.1f} / {mine.recall:.1f}",
                    str(mine.gold),
                )
            )
            key = name.replace(" ", "_")
            figures[f"{key}_f1"] = round(mine.f1, 2)
            figures[f"{key}_bare_f1"] = round(theirs.f1, 2)
            figures[f"{key}_gain"] = round(mine.f1 - theirs.f1, 2)


def _seeds(tagger: Tagger, folder: Path, figures: Figures, rows: list[tuple[str, ...]]) -> None:
    seeds = score_seeds(tagger, folder)
    rows.append(("Five real pages", "right", "of", "", "", ""))
    for name in ("entities", "quotes", "speakers"):
        right = seeds.speakers_right if name == "speakers" else getattr(seeds, f"{name}_found")
        wanted = getattr(seeds, f"{name}_wanted")
        rows.append((f"seeds {name}", str(right), str(wanted), "", "", ""))
        figures[f"seeds_{name}_right"], figures[f"seeds_{name}_wanted"] = right, wanted
    figures["seeds_faults"] = len(seeds.faults)
    rows.extend((f"  {fault}", "", "", "", "", "") for fault in seeds.faults)


def _speed(reuters: Path, count: int, figures: Figures, rows: list[tuple[str, ...]]) -> None:
    rows.append(("Articles/s, one core", "ours", "bare md", "ratio", "", ""))
    speeds = measure_speeds(reuters, count)
    for stream in ("new", "copies"):
        mine = speeds[f"ours, {stream}"]
        figures[f"speed_{stream}"] = round(mine, 2)
        for variant in ("tok2vec+ner", "ner alone", "whole pipeline"):
            theirs = speeds.get(f"bare {variant}, {stream}")
            if theirs is None:
                continue
            ratio = mine / theirs
            rows.append(
                (
                    f"500 words, {stream}; bare {variant}",
                    f"{mine:.1f}",
                    f"{theirs:.1f}",
                    f"{ratio:.2f}",
                    "",
                    "",
                )
            )
            key = report_key(f"speed_{stream}_bare_{variant}")
            figures[key], figures[f"{key}_ratio"] = round(theirs, 2), round(ratio, 3)


def report_key(name: str) -> str:
    """Return the key of the report for a name."""
    return name.replace(" ", "_").replace("+", "_")


def _memory(
    reuters: Path, total: int, cache_chars: int, figures: Figures, rows: list[tuple[str, ...]]
) -> None:
    if not total:
        return
    bound = f"cache {min(cache_chars, CACHE_CHARS) / 1e6:g}M chars"
    rows.append(("Resident memory", "MB", "", "", bound, ""))
    for step, megabytes in measure_memory_in_new_process(reuters, total, cache_chars).items():
        rows.append((f"after {step:,} stories", f"{megabytes:.0f}", "", "", "", ""))
        figures[f"memory_mb_after_{step}"] = round(megabytes, 1)


def _load(figures: Figures, rows: list[tuple[str, ...]]) -> None:
    measured = measure_load()
    figures.update({name: round(value, 2) for name, value in measured.items()})
    rows.append(("Load to ready", "wall s", "cpu s", "MB", "", ""))
    values = (f"{measured[name]:.2f}" for name in ("load_wall_s", "load_cpu_s"))
    rows.append(("fresh process", *values, f"{measured['load_mb']:.0f}", "", ""))


def _print(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[at]) for row in rows) for at in range(6)]
    widths[0] = min(widths[0], 48)
    for row in rows:
        first, *rest = row
        line = first.ljust(widths[0]) + "".join(
            f"  {cell.rjust(width)}" for cell, width in zip(rest, widths[1:], strict=True)
        )
        print(line.rstrip())


if __name__ == "__main__":
    sys.exit(main())
