"""Score cleaning and other extractors on labelled pages: `python -m tests.quality.score_cleaning`.

Prints one table for each set and writes the figures to `build/reports/score-cleaning.json`.
The scores of Newsloom on the training set are out-of-fold: every page is cleaned by a model
that was trained without the pages of its host.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from services.cleaning import page_extractor as cleaning_pages
from services.cleaning import text_extractor as cleaning_texts
from services.cleaning.classifier.models import Model, Models, load_models
from services.cleaning.core import CleanedPage, clean_page
from services.cleaning.limits import Deadline
from services.cleaning.text.html_lines import html_lines
from services.cleaning.warm_up import warm_up
from tests.quality.author_scores import fold_names, gold_names
from tests.quality.peers import peers, stated
from tests.training.cleaning import examples, line_examples, train
from tests.training.cleaning.gold import LabelledPage, Overlap, benchmark_f1, load_pages, overlap

REPORT = Path("build/reports/score-cleaning.json")
_FOLDS = Path("build/cleaning-folds")
_BASELINE = "trafilatura"
_OURS = "newsloom"
_RESAMPLES = 2000
_NOW = datetime.now(UTC)
_PATIENCE = 60.0
_FIRST_PAGE = (
    f"<html><body><article><h1>Ferry</h1>{'<p>It sails again.</p>' * 9}</article></body></html>"
)
"""What the peers read before the measurement, so that it has no time of loading."""
_QUOTES = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")

Pick = Callable[[LabelledPage], Models]


@dataclass
class Run:
    """Results of one extractor on one set."""

    four: list[Overlap] = field(default_factory=list)
    word: list[Overlap] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    snippets: list[float] = field(default_factory=list)

    def add(self, text: str, page: LabelledPage, seconds: float | None) -> None:
        if seconds is not None:
            self.seconds.append(seconds)
        if page.gold is not None:
            self.four.append(overlap(text, page.gold, 4))
            self.word.append(overlap(text, page.gold, 1))
        wanted, unwanted = page.row.get("with") or [], page.row.get("without") or []
        if wanted or unwanted:
            flat = " ".join(text.split())
            good = sum(" ".join(s.split()) in flat for s in wanted)
            good += sum(" ".join(s.split()) not in flat for s in unwanted)
            self.snippets.append(good / (len(wanted) + len(unwanted)))

    @property
    def words(self) -> list[float]:
        return [page.f1 for page in self.word]


def interval(ours: Run, theirs: Run) -> dict[str, list[float]]:
    """Return the difference to another extractor and its 95 % interval, by paired bootstrap."""
    rng = np.random.default_rng(7)
    n = len(ours.four)

    def shares(run: Run) -> np.ndarray:
        return np.array(
            [
                [
                    p.right / p.found if p.found else np.nan,
                    p.right / p.gold if p.gold else np.nan,
                    w.f1,
                ]
                for p, w in zip(run.four, run.word, strict=True)
            ]
        )

    def figures(table: np.ndarray) -> np.ndarray:
        precision, recall, word = np.nanmean(table, axis=0)
        return np.array([2 * precision * recall / (precision + recall), word])

    a, b = shares(ours), shares(theirs)
    draws = []
    for _ in range(_RESAMPLES):
        rows = rng.integers(0, n, n)
        draws.append(figures(a[rows]) - figures(b[rows]))
    low, high = np.percentile(np.array(draws), [2.5, 97.5], axis=0)
    middle = figures(a) - figures(b)
    return {
        name: [round(float(x[i]), 4) for x in (middle, low, high)]
        for i, name in enumerate(("f4", "word"))
    }


def progress(text: str) -> None:
    print(f"  … {text}", file=sys.stderr, flush=True)


def ours(page: LabelledPage, models: Models) -> CleanedPage:
    """Clean a page with all its fields.

    The article filter is not applied, because the sets contain only articles.
    """
    deadline = Deadline(_PATIENCE)
    cleaned, _ = cleaning_pages.extract(
        page.html, page.url, None, _NOW, deadline=deadline, model=models.html
    )
    return cleaned


def our_text_body(found: list[str], models: Models) -> str:
    chosen, _ = cleaning_texts.select_lines(found, None, Deadline(_PATIENCE), models.text)
    return "\n\n".join(chosen.paragraphs)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def score_set(name: str, pages: Sequence[LabelledPage], pick: Pick) -> dict[str, Run]:
    """Run all extractors on each page in turn, so that all run under the same load."""
    extractors = peers()
    warm_up()
    for extract in extractors.values():
        extract(_FIRST_PAGE)
    runs = {_OURS: Run(), **{peer: Run() for peer in extractors}}
    text_runs = {"text: all lines": Run(), "text: newsloom": Run()}
    for i, page in enumerate(pages):
        models = pick(page)
        cleaned, seconds = timed(lambda: ours(page, models))  # noqa: B023 - called immediately
        runs[_OURS].add(cleaned.body, page, seconds)
        for peer, extract in extractors.items():
            try:
                text, seconds = timed(lambda: extract(page.html))  # noqa: B023
            except Exception:  # noqa: BLE001 - an extractor that fails returns no text
                runs[peer].add("", page, None)
            else:
                runs[peer].add(text, page, seconds)
        lines = html_lines(page.html)
        text_runs["text: all lines"].add("\n\n".join(lines), page, None)
        text, seconds = timed(lambda: our_text_body(lines, models))  # noqa: B023
        text_runs["text: newsloom"].add(text, page, seconds)
        if (i + 1) % 50 == 0:
            progress(f"{name}: {i + 1} of {len(pages)} pages")
    return runs | text_runs


def table(name: str, runs: dict[str, Run], figures: dict[str, Any]) -> None:
    """Print the table of one set and add its values to `figures`."""
    base = runs.get(_BASELINE)
    print(f"\n{name}, {len(next(iter(runs.values())).four)} pages with gold text")
    print(
        f"{'':24}{'F4':>7}{'word':>7}{'snippets':>10}{'pages/s':>9}{'p50 ms':>8}{'p99 ms':>8}"
        f"{'speed':>8}{'p99':>7}"
    )
    for who, run in runs.items():
        row: dict[str, Any] = {}
        line = f"{who:24}"
        if run.four:
            row = {"f4": benchmark_f1(run.four), "word": float(np.mean(run.words))}
            line += f"{row['f4']:7.4f}{row['word']:7.4f}"
        else:
            line += " " * 14
        if run.snippets:
            row["snippets"] = float(np.mean(run.snippets))
            line += f"{row['snippets']:10.4f}"
        else:
            line += " " * 10
        if run.seconds:
            row["pages_per_s"] = len(run.seconds) / sum(run.seconds)
            row["p50_ms"], row["p99_ms"] = (
                float(np.percentile(run.seconds, q)) * 1e3 for q in (50, 99)
            )
            line += f"{row['pages_per_s']:9.1f}{row['p50_ms']:8.1f}{row['p99_ms']:8.1f}"
            if base and not who.startswith("text"):
                row["speed_ratio"] = sum(base.seconds) / sum(run.seconds)
                row["p99_ratio"] = row["p99_ms"] / (float(np.percentile(base.seconds, 99)) * 1e3)
                line += f"{row['speed_ratio']:8.2f}{row['p99_ratio']:7.2f}"
        print(line)
        for key, value in row.items():
            figures[f"{name}.{who}.{key}"] = round(value, 4)
    differences(name, runs, figures)


def differences(name: str, runs: dict[str, Run], figures: dict[str, Any]) -> None:
    """Print the difference between Newsloom and each setting of the baseline, with intervals."""
    ours = runs[_OURS]
    for who, run in runs.items():
        if not (who.startswith(_BASELINE) and ours.four and run.four):
            continue
        for key, (middle, low, high) in interval(ours, run).items():
            print(f"  newsloom - {who:22} {key:5} {middle:+.4f}  [{low:+.4f}, {high:+.4f}]")
            figures[f"{name}.difference.{who}.{key}"] = middle
            figures[f"{name}.difference.{who}.{key}_low"] = low
            figures[f"{name}.difference.{who}.{key}_high"] = high


def score_statements(
    name: str, pages: Sequence[LabelledPage], pick: Pick, figures: dict[str, Any]
) -> None:
    """Print the share of exact titles, dates and sets of authors, beside those of the peers."""
    shares: dict[str, dict[str, list[bool]]] = {}

    def count(what: str, gold: Any, **found: Any) -> None:
        for who, value in found.items():
            shares.setdefault(what, {}).setdefault(who, []).append(value == gold)

    for page in pages:
        title, date, author = (page.row.get(key) for key in ("title", "publish_date", "author"))
        if not (title or date or author):
            continue
        peer = stated(page.html, page.url)
        cleaned = ours(page, pick(page))
        if title:
            folded = [" ".join(t.split()) for t in (title, cleaned.title, peer.title)]
            count("title", folded[0], newsloom=folded[1], trafilatura=folded[2])
            folded = [text.translate(_QUOTES) for text in folded]
            count("title, quotes folded", folded[0], newsloom=folded[1], trafilatura=folded[2])
        if date and len(date) == len("2031-05-04"):
            day = cleaned.published.value[:10] if cleaned.published else ""
            peers_days = {"trafilatura": peer.trafilatura_date[:10], "htmldate": peer.htmldate[:10]}
            count("date", date, newsloom=day, **peers_days)
        if author:
            gold, found = gold_names(author), fold_names(cleaned.authors)
            count("authors", gold, newsloom=found, trafilatura=fold_names(peer.authors))
    for what, by_extractor in shares.items():
        means = {who: sum(hits) / len(hits) for who, hits in by_extractor.items()}
        n = len(next(iter(by_extractor.values())))
        print(f"{what:28}", *(f"{who} {mean:.4f} " for who, mean in means.items()), f"({n} pages)")
        figures.update({f"{name}.{what}.{who}": round(mean, 4) for who, mean in means.items()})


def score_seeds(folder: Path, figures: dict[str, Any]) -> None:
    """Check the five seed pages: text to keep, to keep once and to drop; title and date."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    right = checks = 0
    for name, want in gold.items():
        if not name.endswith(".txt"):
            continue
        text = (folder / name).read_text(encoding="utf-8")
        got = clean_page(html=None, text=text, url=f"https://seeds.example/{name[:3]}")
        if not isinstance(got, CleanedPage):
            print(f"seeds {name}: filtered, {got}")
            checks += 1
            continue
        body = " ".join(got.body.split())
        both = f"{got.title} {body}"
        published = got.published.value if got.published else None
        results = [("keep", s, " ".join(s.split()) in body) for s in want["keep"]]
        results += [("once", s, body.count(" ".join(s.split())) == 1) for s in want.get("once", ())]
        results += [("drop", s, s not in both) for s in want["drop"]]
        results += [("title", want["title"], (got.title or None) == want["title"])]
        results += [("published", want["published"], published == want["published"])]
        checks += len(results)
        right += sum(ok for _, _, ok in results)
        for kind, what, ok in results:
            if not ok:
                print(f"seeds {name}: {kind} not met: {what!r} (title {got.title!r}, {published})")
    print(f"\nseeds: {right} of {checks} checks hold")
    figures["seeds.right"], figures["seeds.checks"] = right, checks


_SHARED_SOURCES = (
    *("tests/training/cleaning/augmentation.py", "tests/training/cleaning/examples.py"),
    *("tests/training/cleaning/gold.py", "tests/training/cleaning/train.py"),
    *("services/cleaning/text/line_style.py", "services/cleaning/text/line_features.pyx"),
    "services/cleaning/classifier/tree_inference.pyx",
    "services/cleaning/classifier/feature_table.py",
    "services/cleaning/classifier/windows.py",
    "tests/training/cleaning/word_odds.py",
)
_SOURCES = {
    "html": (
        *_SHARED_SOURCES,
        *("services/cleaning/html/blocks.py", "services/cleaning/html/element_names.py"),
        *("services/cleaning/html/tags.py", "services/cleaning/html/tag_scanner.pyx"),
        "services/cleaning/html/tag_groups.pyx",
        "services/cleaning/classifier/block_features.py",
        "services/cleaning/classifier/block_columns.pyx",
        "services/cleaning/classifier/containers.py",
        "services/cleaning/classifier/element_tree.pyx",
        "services/cleaning/classifier/second_pass.py",
    ),
    "text": (
        *_SHARED_SOURCES,
        "tests/training/cleaning/line_examples.py",
        "tests/training/cleaning/unknown_language.py",
        "services/cleaning/classifier/shared_topic.py",
        "services/cleaning/classifier/text_features.py",
        "services/cleaning/classifier/line_labels.py",
        "services/cleaning/text/html_lines.py",
    ),
}
"""Source files that the models of each kind depend on. After a change the models are retrained."""
_TRAINING: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "html": (examples.load_html_training, lambda pages: train.fit_html(pages, train.HTML)),
    "text": (line_examples.load_text_training, lambda pages: train.fit_text(pages, train.TEXT)),
}
"""How the examples of each model are read, and how it is trained on them."""


def _state(names: Sequence[str]) -> str:
    root = Path(train.__file__).parents[3]
    content = b"".join((root / name).read_bytes() for name in names)
    return hashlib.sha256(content).hexdigest()[:16]


def fold_models(folder: Path) -> list[Models]:
    """Return the models of the training folds; train and store them in `build/` if missing."""
    paths = {
        kind: [_FOLDS / f"{_state(sources)}-{kind}-{k}.json" for k in range(examples.FOLDS)]
        for kind, sources in _SOURCES.items()
    }
    _FOLDS.mkdir(parents=True, exist_ok=True)
    for kind, of_kind in paths.items():
        missing = [(fold, path) for fold, path in enumerate(of_kind) if not path.exists()]
        if not missing:
            continue
        progress(f"reading the training pages of the {kind} model")
        load, fit = _TRAINING[kind]
        pages = load(folder)
        for fold, path in missing:
            progress(f"training {path.name} (takes some minutes; stored in {_FOLDS})")
            weights = fit([example for example in pages if example.fold != fold])
            path.write_text(json.dumps(weights), encoding="utf-8")
    loaded = {
        kind: [Model.from_json(json.loads(path.read_text(encoding="utf-8"))) for path in of_kind]
        for kind, of_kind in paths.items()
    }
    return [Models(html, text) for html, text in zip(loaded["html"], loaded["text"], strict=True)]


def main() -> int:
    """Score the sets that are present; a missing evaluation folder is reported, not an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("NEWSLOOM_EVAL", "../shared/eval")
    parser.add_argument("--eval", type=Path, default=Path(default), help="evaluation folder")
    parser.add_argument("--pages", type=Path, help="score only the pages in this folder")
    parser.add_argument("--report", type=Path, default=REPORT, help="file to write the figures to")
    parser.add_argument(
        "--sets",
        default="scrapinghub,wcxb,seeds",
        help="names of the sets to score, separated by commas; `facts` scores titles, dates and "
        "authors on wcxb with the shipped models, without training",
    )
    chosen = parser.parse_args()
    figures: dict[str, Any] = {}
    if chosen.pages:
        score_folder(chosen.pages.name, chosen.pages, figures)
    elif not (chosen.eval / "extraction").is_dir():
        print(f"no evaluation data in {chosen.eval}: nothing scored (set --eval or NEWSLOOM_EVAL)")
        return 0
    else:
        sets = chosen.sets.split(",")
        if "scrapinghub" in sets:
            score_folder("scrapinghub", chosen.eval / "extraction" / "scrapinghub", figures)
        if "wcxb" in sets:
            folds = fold_models(chosen.eval)
            pick: Pick = lambda page: folds[examples.fold_of(page)]  # noqa: E731 - short enough
            score_folder("wcxb", chosen.eval / "extraction" / "wcxb", figures, pick)
        if "facts" in sets:
            pages = load_pages(chosen.eval / "extraction" / "wcxb")
            score_statements("wcxb", pages, lambda _: load_models(), figures)
        if "seeds" in sets:
            score_seeds(chosen.eval / "seeds", figures)
    chosen.report.parent.mkdir(parents=True, exist_ok=True)
    chosen.report.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(f"figures: {chosen.report}")
    return 0


def score_folder(
    name: str, folder: Path, figures: dict[str, Any], pick: Pick | None = None
) -> None:
    """Score one set; without `pick` the shipped model is used."""
    if not (folder / "pages.jsonl").is_file():
        print(f"no pages.jsonl in {folder}: not scored")
        return
    pages = load_pages(folder)
    shipped = load_models()
    models = pick or (lambda _: shipped)
    table(name, score_set(name, pages, models), figures)
    score_statements(name, pages, models, figures)


if __name__ == "__main__":
    sys.exit(main())
