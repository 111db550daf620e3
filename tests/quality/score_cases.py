"""Score the invented cases of public bug reports: `python -m tests.quality.score_cases`.

Prints one line for each set, then every case that fails with what was expected and what came
out. Each case goes through the functions that the stages call. The figures are written to
`build/reports/score-cases.json`. Cases whose input is not among the files are counted as not run.
"""

from __future__ import annotations

import argparse
import ast
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.quality import report
from tests.quality.case_files import CaseFiles, NoInput
from tests.quality.case_runners import RUNNERS, run_nothing

_MAX_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that was run: its row of `cases.jsonl` and what came out."""

    row: Mapping[str, Any]
    actual: Any
    holds: bool


def expected_value(text: Any) -> Any:
    """Return what the `expected` of a case stands for: a Python literal, else the text itself."""
    if not isinstance(text, str):
        return text
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def holds(expected: Any, actual: Any) -> bool:
    """Return whether a result is the expected one.

    A text that ends in `...`, or a date without a time of day, need only be the beginning. A list
    need only be part of a set, and None in a tuple, also in one of a list, stands for anything: a
    quotation whose speaker nobody could name at the time.
    """
    if isinstance(expected, str) and isinstance(actual, str):
        if expected.endswith("..."):
            return actual.startswith(expected.removesuffix("..."))
        if len(expected) == len("2031-05-04") and expected[:2] == "20":
            return actual[:10] == expected
    if isinstance(expected, list) and isinstance(actual, set):  # some of all that was found
        return all(any(_fits(tuple(one), two) for two in actual) for one in expected)
    if isinstance(expected, tuple) and isinstance(actual, tuple) and None in expected:
        return _fits(expected, actual)
    return bool(expected == actual)


def _fits(expected: tuple[Any, ...], actual: tuple[Any, ...]) -> bool:
    """Return whether two tuples are equal, where None is expected, whatever the other has."""
    return all(one is None or one == two for one, two in zip(expected, actual, strict=True))


def run_cases(files: CaseFiles, sets: Sequence[str]) -> tuple[list[Outcome], list[str]]:
    """Run the cases of the given sets (all if empty); return outcomes and the cases not run."""
    outcomes: list[Outcome] = []
    not_run: list[str] = []
    for row in files.rows():
        if sets and row["set"] not in sets:
            continue
        runner = RUNNERS.get(row["set"], run_nothing)
        try:
            actual = runner(files, row)
        except NoInput as missing:
            not_run.append(f"{row['set']} {row['case']}: {missing}")
            continue
        outcomes.append(Outcome(row, actual, holds(expected_value(row["expected"]), actual)))
    return outcomes, not_run


def show(outcomes: Sequence[Outcome], not_run: Sequence[str], *, details: bool) -> None:
    """Print the line of each set and the failing cases, and write the figures."""
    figures: dict[str, float | int | str] = {}
    rows = []
    for name in dict.fromkeys(one.row["set"] for one in outcomes):
        of_set = [one for one in outcomes if one.row["set"] == name]
        good = sum(one.holds for one in of_set)
        missing = sum(text.startswith(f"{name} ") for text in not_run)
        rows.append((name, good, len(of_set), f"{good / len(of_set):.0%}", missing or ""))
        figures[f"{name}.holds"], figures[f"{name}.cases"] = good, len(of_set)
    report.show("Cases that hold, by set", ("set", "holds", "of", "share", "not run"), rows)
    if details:
        for one in outcomes:
            if not one.holds:
                print(f"{one.row['set']} {one.row['case']}: {one.row['what']}")
                print(f"    expected {_short(one.row['expected'])}")
                print(f"    actual   {_short(one.actual)}")
    report.write("score-cases", figures)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + " …"


def main() -> int:
    """Score the sets; a missing evaluation folder is reported, not an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("NEWSLOOM_EVAL", "../shared/eval")
    parser.add_argument("--eval", type=Path, default=Path(default), help="evaluation folder")
    parser.add_argument("--sets", default="", help="names of sets, separated by commas")
    parser.add_argument("--summary", action="store_true", help="print only the line of each set")
    chosen = parser.parse_args()
    files = CaseFiles(chosen.eval / "cases")
    if not files.present:
        print(f"no cases in {chosen.eval}: nothing scored (set --eval or NEWSLOOM_EVAL)")
        return 0
    outcomes, not_run = run_cases(files, [name for name in chosen.sets.split(",") if name])
    show(outcomes, not_run, details=not chosen.summary)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
