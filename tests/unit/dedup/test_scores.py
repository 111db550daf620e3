"""The measures and generators that the quality scores use."""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.quality import speakers, stories, streams
from tests.quality.edits import EDITS
from tests.quality.score_dedup import same_in_runs
from tests.unit.dedup.make import prose


def test_bcubed_and_pairwise_of_a_known_grouping() -> None:
    found, gold = ["a", "a", "a", "b"], ["x", "x", "y", "y"]

    precision, recall, f1 = stories.bcubed(found, gold)
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert stories.pairwise(found, gold)[:2] == pytest.approx((1 / 3, 1 / 2))


def test_speaker_pairs_have_thirty_of_each_kind_and_no_text_twice() -> None:
    pairs = speakers.pairs()

    assert Counter(kind for kind, _rows in pairs) == {"one": 30, "two": 30}
    texts = [row["text"] for _kind, rows in pairs for row in rows]
    assert len(set(texts)) == 120


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_determined_by_its_seed(edit: str) -> None:
    body = prose(1, 240)
    edited = [EDITS[edit]("Title", body, random.Random(3)) for _ in range(2)]  # noqa: S311

    assert edited[0] == edited[1]
    assert edited[0] != ("Title", body)


def test_rows_without_a_date_are_spread_evenly_between_the_dated_ones() -> None:
    dated = [{"id": str(n), "date": f"2031-05-{n + 1:02d}"} for n in range(10)]
    undated = [{"id": f"u{n}"} for n in range(5)]
    ordered = streams.arrival([*undated, *dated])

    assert [row["id"] for row in ordered if "date" in row] == [str(n) for n in range(10)]
    assert {row["id"] for row in ordered if "date" not in row} == {row["id"] for row in undated}
    # Five undated rows among ten dated ones: one after the first, third, fifth ... dated row.
    assert [i for i, row in enumerate(ordered) if "date" not in row] == [1, 4, 7, 10, 13]
    assert ordered == streams.arrival([*undated, *dated])


def test_long_runs_distinguish_a_lengthened_report_from_the_same_words_in_another_order() -> None:
    body = prose(1, 60)
    mixed = body.split()
    random.Random(1).shuffle(mixed)  # noqa: S311

    assert same_in_runs(body, "More. " + body + " " + prose(2, 60))
    assert not same_in_runs(body, " ".join(mixed))


@pytest.mark.parametrize("module", ["score_stories", "score_dedup"])
def test_a_score_reports_that_the_evaluation_folder_is_missing(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = __import__(f"tests.quality.{module}", fromlist=["main"])
    monkeypatch.setattr("sys.argv", [module, "--eval", str(Path("/nowhere/at/all"))])
    loaded.main()

    assert "no evaluation folder" in capsys.readouterr().err
