"""`newsloom explain` shows the facts of an article and the candidates for its date."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from services.cli import app
from tests.unit.cleaning.sample_pages import PARAGRAPHS

PAGE = (
    '<html lang="en"><head><title>Quay opens</title><meta property="article:published_time" '
    'content="2025-05-04"></head><body><article><h1>Quay opens</h1><p class="byline">By Mia Hale'
    '</p><p class="date">4 May 2025, 18:30</p>'
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</article></body></html>"
)


def test_candidates_are_printed_with_their_outcome(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    result = CliRunner().invoke(app, ["explain", str(file), "--json"])
    facts = json.loads(result.stdout)

    assert result.exit_code == 0
    assert facts["authors"] == ["Mia Hale"]
    assert facts["published"]["value"] == "2025-05-04T18:30"
    assert [(one["evidence"], one["outcome"]) for one in facts["candidates"]] == [
        ("meta", "chosen: the most trusted"),
        ("bare_line", "states the same time more precisely"),
    ]


def test_file_that_is_no_article_fails(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<p>Nothing here</p>")

    assert CliRunner().invoke(app, ["explain", str(file)]).exit_code == 1


def test_a_date_of_the_last_change_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    stated = '<meta property="article:published_time" content="2025-05-04">'
    file.write_text(PAGE.replace(stated, "").replace("4 May 2025", "Updated: 4 May 2025"))

    said = CliRunner().invoke(app, ["explain", str(file)]).stdout

    assert "published: 2025-05-04T18:30 (when it was last changed)" in said


def test_contributions_are_shown_with_their_kind(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE.replace("By Mia Hale", "Words by Mia Hale; photographs by Jon Ash"))

    said = CliRunner().invoke(app, ["explain", str(file)]).stdout

    assert 'contributions: [{"name": "Jon Ash", "kind": "pictures"}]' in said
