"""docs/scaling.md matches its figures."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.benchmarks import scaling

MADE = {
    "cleaning_per_second": 100.0,
    "cleaning_direct_ms": 4.0,
    "cleaning_worker_ms": 6.0,
    "tagging_per_second": 40.0,
    "tagging_direct_ms": 9.0,
    "tagging_worker_ms": 14.0,
    "dedup_per_second": 500.0,
    "dedup_direct_ms": 4.0,
    "dedup_worker_ms": 7.0,
}


def test_the_tables_match_the_figures() -> None:
    text = scaling.DOCUMENT.read_text()

    assert scaling.filled(text, scaling.read()) == text, "run `make scaling`"
    assert set(re.findall(r"<!-- (\w+) -->\n", text)) - {"end"} == set(
        scaling.tables(scaling.values(scaling.read()), scaling.read())
    )


def test_every_figure_names_its_command() -> None:
    makefile = (scaling.ROOT / "Makefile").read_text()
    for source in scaling.read():
        target = source["command"].removeprefix("make ").partition(" ")[0]
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), source["name"]


def test_the_cost_of_a_stage_is_processing_plus_kafka() -> None:
    assert scaling.cost(MADE, "cleaning") == pytest.approx(10 + 2)
    assert scaling.cost(MADE, "tagging") == pytest.approx(25 + 5)


@pytest.mark.parametrize(("load", "wanted"), [(1, 1), (20, 1), (21, 2), (500, 25)])
def test_workers_keep_a_reserve(load: float, wanted: int) -> None:
    """With 30 ms an article and 0.6 of a core, a worker handles 20 articles a second."""
    assert scaling.workers(MADE, "tagging", load) == wanted


def test_partitions_leave_room_for_more_workers() -> None:
    assert scaling.partitions(MADE, 12) == 8
    assert scaling.partitions(MADE, 500) == 40


def test_one_language_is_bounded_by_one_worker() -> None:
    assert scaling.one_language(MADE) == pytest.approx(0.6 * 1000 / 5)


def test_new_measurements_are_read_from_reports(tmp_path: Path) -> None:
    sources = [
        {"name": "a", "value": 1, "what": "one", "report": "x", "key": "k"},
        {"name": "b", "value": 2, "what": "two", "report": "absent", "key": "k"},
    ]
    (tmp_path / "x.json").write_text(json.dumps({"k": 5}))

    changed = scaling.take(sources, tmp_path)

    assert changed == ["one: 1 -> 5"]
    assert scaling.values(sources) == {"a": 5.0, "b": 2.0}
