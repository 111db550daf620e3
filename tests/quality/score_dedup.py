"""Score the detection of copies: ``python -m tests.quality.score_dedup``.

A generator with a fixed seed adds edited copies to the Reuters articles, and a shard decides on
all articles in order. The verdict on such a planted copy is right if it names the source, or the
article of which the source itself was called a copy. Reuters also sent many stories twice, with
changes, and these are not labelled. A copy verdict on any other article is therefore right if an
earlier article has exactly the same words, or if common runs of at least eight words cover 70 % of
the shorter text. The runs are found by difflib, independently of shingles. The strict precision
counts repeats that are not exact as wrong. The same edits are made to invented articles in Chinese,
Japanese, Arabic, Hindi and Thai (`scripts.py`).
"""

from __future__ import annotations

import argparse
import difflib
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from schemas.article import Provenance, TaggedArticle, VerdictKind
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.settings import DedupSettings
from tests.in_memory_rows import InMemoryRows
from tests.quality import report, scripts, streams
from tests.quality.edits import EDITS, split_words

COPIES_PER_EDIT = 600
MIN_RUN_WORDS = 8
MIN_RUN_COVERAGE = 0.7
"""Share of the shorter text that runs of words must cover for two texts to be the same."""
MIN_SOURCE_WORDS = 40
"""Minimum number of words of the source of a copy. One edit keeps only a third of the text."""


def _article(row: dict[str, Any], seen: datetime) -> TaggedArticle:
    clean = streams.article(row, seen)
    none = Provenance(name="none", version="1", confidence=0)
    return TaggedArticle(**clean.model_dump(), tagging=none)


def find_copies(rows: list[dict[str, Any]], what: str) -> dict[str, tuple[str | None, str | None]]:
    """Return the id of the original and the kind of copy by row id; both are None if no copy."""
    store = InMemoryRows()
    settings = DedupSettings(story_quiet=timedelta(0), copies_kept=timedelta(days=3650))
    shard = Shard(settings, store)
    start = datetime(2031, 1, 1, tzinfo=UTC)
    names: dict[str, str] = {}
    copies: dict[str, tuple[str | None, str | None]] = {}
    for number, row in enumerate(rows):
        # Without dates, and with stories that close immediately, only copy detection has an effect.
        article = _article({**row, "date": None}, start + timedelta(seconds=number))
        names[article.article_id] = row["id"]
        decision = shard.decide(article, MessageIdentity(article.revision_id, 1))
        store.apply(decision.changes)
        verdict = decision.verdict
        copy = verdict is not None and verdict.kind is VerdictKind.COPY
        assert verdict is not None
        copies[row["id"]] = (
            (names[str(verdict.copy_of)], str(verdict.copy_kind)) if copy else (None, None)
        )
        if number % 5000 == 4999:
            report.progress(f"{what}: {number + 1} of {len(rows)}")
    return copies


def plant_copies(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """Return the rows with edited copies mixed in, each somewhere after its source."""
    chance = random.Random(11)  # noqa: S311 - fixed for repeatable figures
    long_enough = [i for i, row in enumerate(rows) if len(_words(row["text"])) >= MIN_SOURCE_WORDS]
    sources = chance.sample(long_enough, min(len(long_enough), count * len(EDITS)))
    mixed: list[tuple[float, dict[str, Any]]] = [(float(i), row) for i, row in enumerate(rows)]
    for number, i in enumerate(sources):
        edit = list(EDITS)[number % len(EDITS)]
        row = rows[i]
        title, body = EDITS[edit](str(row.get("title") or ""), row["text"], chance)
        copy = {**row, "id": f"{edit}-{row['id']}", "title": title, "text": body}
        copy["source"] = "copyist"
        mixed.append((i + chance.uniform(0.5, 2000), {**copy, "edit": edit, "of": row["id"]}))
    return [row for _at, row in sorted(mixed, key=lambda item: item[0])]


def _words(text: str) -> list[str]:
    return split_words(" ".join(text.split()))[0]


def same_in_runs(one: str, other: str) -> bool:
    """Return whether long runs of shared words cover most of the shorter of two texts."""
    left, right = _words(one), _words(other)
    blocks = difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    covered = sum(block.size for block in blocks if block.size >= MIN_RUN_WORDS)
    return covered >= MIN_RUN_COVERAGE * min(len(left), len(right))


def score_planted(
    rows: list[dict[str, Any]], what: str
) -> tuple[list[list[object]], dict[str, Any]]:
    """Return lines of the table (recall by edit, precision over all), and figures."""
    mixed = plant_copies(rows, COPIES_PER_EDIT)
    found = find_copies(mixed, what)
    words = {row["id"]: " ".join(row["text"].split()) for row in mixed}
    first: dict[str, str] = {}
    for row in mixed:
        first.setdefault(words[row["id"]], row["id"])
    root = {row["id"]: row.get("of", row["id"]) for row in mixed}
    # A source may itself be called a copy of an earlier article; then both ids are right.
    same = {name: {root[name], found[root[name]][0] or root[name]} for name in root}
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    called = good = natural = 0
    wrong: list[tuple[str, str]] = []
    missed: list[tuple[str, str, str | None]] = []
    for row in mixed:
        of, _kind = found[row["id"]]
        edit = row.get("edit")
        if edit:
            total[edit] += 1
            if of not in same[row["id"]]:
                missed.append((row["id"], row["of"], of))
        if of is None:
            continue
        called += 1
        repeated = first[words[row["id"]]] != row["id"]
        is_right = (bool(edit) and of in same[row["id"]]) or repeated
        is_right = is_right or root[of] == root[row["id"]]
        if not is_right and same_in_runs(words[row["id"]], words[of]):
            natural += 1
            continue
        good += is_right
        if edit and is_right:
            right[edit] += 1
        if not is_right:
            wrong.append((row["id"], of))
    lines: list[list[object]] = [
        [f"recall, {edit}", f"{right[edit]} of {total[edit]}", right[edit] / max(1, total[edit])]
        for edit in EDITS
    ]
    recall = sum(right.values()) / max(1, sum(total.values()))
    precision, strict = (good + natural) / max(1, called), good / max(1, called)
    lines += [
        ["recall, all", f"{sum(right.values())} of {sum(total.values())}", recall],
        ["precision", f"{good + natural} of {called}", precision],
        ["precision, strict", f"{good} of {called}", strict],
        ["unlabelled repeats", "", natural],
    ]
    return lines, {
        "recall": recall,
        "precision": precision,
        "strict": strict,
        "wrong": wrong,
        "missed": missed,
        "rows": mixed,
    }


def score_scripts() -> tuple[list[list[object]], dict[str, float]]:
    """Return lines of the table and figures for invented articles in other scripts."""
    lines: list[list[object]] = []
    figures: dict[str, float] = {}
    for language in scripts.languages():
        more, result = score_planted(scripts.articles(language), language)
        lines += [[f"invented, {language} + edits", line[0], line[2]] for line in more]
        figures |= {f"scripts.{language}.{k}": result[k] for k in ("recall", "precision")}
    return lines, figures


def score_clusters(rows: list[dict[str, Any]], label: str, what: str) -> tuple[int, int, int]:
    """Return the number of gold pairs found, of all gold pairs, and of other pairs found."""
    found = find_copies(rows, what)
    gold = {row["id"]: row.get(label) for row in rows}
    groups = Counter(name for name in gold.values() if name is not None)
    pairs = sum(n - 1 for n in groups.values())
    called = [(one, of) for one, (of, _kind) in found.items() if of]
    right = sum(gold[one] is not None and gold[one] == gold[of] for one, of in called)
    return right, pairs, len(called) - right


def main() -> None:
    """Score the evaluation folder, or other files of the same format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=streams.EVAL)
    parser.add_argument("--files", type=Path, nargs="*", default=[])
    parser.add_argument(
        "--scripts", action="store_true", help="score only the invented articles in other scripts"
    )
    options = parser.parse_args()
    figures: dict[str, float | int | str] = {}
    lines: list[list[object]] = []
    if not options.eval.exists() and not options.files and not options.scripts:
        report.progress(f"no evaluation folder at {options.eval}: nothing scored")
        return
    for path in options.files:
        rows = streams.rows(path)
        label = next((x for x in ("dup_cluster", "cluster") if x in rows[0]), "")
        if label:
            right, pairs, other = score_clusters(rows, label, path.stem)
            lines.append([path.stem, "pairs found; others called", f"{right} of {pairs}; {other}"])
            figures |= {f"{path.stem}.found": right, f"{path.stem}.other": other}
        else:
            more, result = score_planted(rows, path.stem)
            lines += [[path.stem, *line[:1], line[2]] for line in more]
            figures |= {f"{path.stem}.{k}": result[k] for k in ("recall", "precision")}
    if options.scripts or not options.files:
        more, measured = score_scripts()
        lines += more
        figures |= measured
    if not options.files and not options.scripts:
        bodies = [r for r in streams.rows(options.eval / "bulk/reuters21578.jsonl") if r["text"]]
        bodies = [{**r, "set": "reuters", "source": "reuters"} for r in bodies]
        more, result = score_planted(bodies, "reuters21578")
        lines += [["reuters21578 + edits", *line[:1], line[2]] for line in more]
        figures |= {f"reuters21578.{k}": result[k] for k in ("recall", "precision")}
        for name, label in (
            ("minhash_articles_1000", "dup_cluster"),
            ("onestopenglish_a", "cluster"),
        ):
            rows = streams.rows(options.eval / "duplicates" / f"{name}.jsonl")
            right, pairs, other = score_clusters(rows, label, name)
            lines.append([name, "pairs found; others called", f"{right} of {pairs}; {other}"])
            figures |= {f"{name}.found": right, f"{name}.pairs": pairs, f"{name}.other": other}
    report.show("Copies", ("set", "figure", "value"), lines)
    report.write("score-dedup", figures)


if __name__ == "__main__":
    main()
