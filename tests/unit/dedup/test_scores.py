"""The measures and generators that the scores rest on."""

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


def test_there_are_thirty_pairs_of_each_kind_and_no_text_twice() -> None:
    made = speakers.pairs()

    assert Counter(kind for kind, _rows in made) == {"one": 30, "two": 30}
    texts = [row["text"] for _kind, rows in made for row in rows]
    assert len(set(texts)) == 120


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_fixed_by_its_seed(edit: str) -> None:
    body = prose(1, 240)
    told = [EDITS[edit]("Title", body, random.Random(3)) for _ in range(2)]  # noqa: S311

    assert told[0] == told[1]
    assert told[0] != ("Title", body)


def test_rows_without_a_date_are_spread_between_the_others() -> None:
    dated = [{"id": str(n), "date": f"2031-05-{n + 1:02d}"} for n in range(10)]
    blank = [{"id": f"b{n}"} for n in range(5)]
    ordered = streams.arrival([*blank, *dated])

    assert [row["id"] for row in ordered if "date" in row] == [str(n) for n in range(10)]
    places = [place for place, row in enumerate(ordered) if "date" not in row]
    assert places == [1, 4, 7, 10, 13]  # a row without a date after every two with one
    assert ordered == streams.arrival([*blank, *dated])


def test_runs_tell_a_lengthened_report_from_one_in_like_words() -> None:
    body = prose(1, 60)
    mixed = body.split()
    random.Random(1).shuffle(mixed)  # noqa: S311

    assert same_in_runs(body, "More. " + body + " " + prose(2, 60))
    assert not same_in_runs(body, " ".join(mixed))


@pytest.mark.parametrize("module", ["score_stories", "score_dedup"])
def test_without_the_evaluation_folder_a_score_says_so(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = __import__(f"tests.quality.{module}", fromlist=["main"])
    monkeypatch.setattr("sys.argv", [module, "--eval", str(Path("/nowhere/at/all"))])
    loaded.main()

    assert "no evaluation folder" in capsys.readouterr().err
