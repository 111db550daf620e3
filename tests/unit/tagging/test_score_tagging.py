"""The scorer works on any gold file, and without an evaluation folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.quality.ner_files import read_articles
from tests.quality.score_tagging import REPORT, main
from tests.quality.tagging_scores import score

ROWS = [
    {"doc": "1", "tokens": ["Ida", "Falk", "'s", "ship"], "tags": ["B-PER", "I-PER", "O", "O"]},
    {"doc": "1", "tokens": ["In", "Oslo", ","], "tags": ["O", "B-LOC", "O"]},
    {"doc": "2", "tokens": ["Acme", "Beacon", "x"], "tags": ["B-ORG", "B-ORG", "B-MISC"]},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return path


def test_the_sentences_of_one_document_are_read_as_one_article(gold: Path) -> None:
    first, second = read_articles(gold)

    assert first.text == "Ida Falk's ship\n\nIn Oslo,"
    assert {(first.text[start:end], kind) for start, end, kind in first.spans} == {
        ("Ida Falk", "person"),
        ("Oslo", "place"),
    }
    assert len(second.spans) == 2


def test_a_score_counts_exact_spans() -> None:
    gold = [frozenset({(0, 4, "person"), (5, 9, "place")})]
    found = [{(0, 4, "person"), (5, 8, "place"), (10, 12, "place")}]
    result = score(gold, found, None)

    assert (round(result.precision), round(result.recall), round(result.f1)) == (33, 50, 40)
    assert score(gold, [set()], None).f1 == 0


def test_without_the_evaluation_folder_nothing_is_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--eval", str(tmp_path / "nowhere")]) == 0
    assert "No evaluation folder" in capsys.readouterr().out


def test_any_file_in_the_gold_format_is_scored(
    gold: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["--files", str(gold)]) == 0
    assert "gold person" in capsys.readouterr().out
    assert json.loads(REPORT.read_text(encoding="utf-8"))["gold_person_f1"] > 50
    assert main(["--files", str(tmp_path / "missing.jsonl")]) == 2
