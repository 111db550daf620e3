"""`newsloom publish --dry-run`, which checks articles without a broker."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.cli import app
from services.messaging.errors import UsageError


def dry_run(*arguments: str | Path, stdin: str = "") -> Result:
    words = ["publish", "--dry-run", *map(str, arguments)]
    return CliRunner().invoke(app, words, input=stdin)


def article(number: int, **further: object) -> str:
    fields = {"url": f"https://a.example/{number}", "source": "a.example", "text": "News."}
    return json.dumps({**fields, **further})


def test_a_dry_run_counts_what_would_be_published_and_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{article(1)}\nnot json\n")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")

    done = dry_run(tmp_path)

    assert done.exit_code == 1
    assert "Would publish 1 article, refused 1." in done.stdout
    assert f"refused {tmp_path / 'a.jsonl'}#2: is not JSON" in done.stderr
    assert "Skipped 1 file of other types." in done.stderr


def test_misspelt_fields_are_warned_of_once_with_a_suggestion() -> None:
    lines = [article(n, authros=["Ida"], published="2025-05-04") for n in range(2)]

    done = dry_run("-", stdin="\n".join(lines))

    assert done.exit_code == 0
    assert "Would publish 2 articles, refused 0." in done.stdout
    assert done.stderr.splitlines() == [
        f"ignored the unknown field {name!r} in 2 articles, first in standard input#1; did you "
        f"mean {meant}?"
        for name, meant in (("authros", "authors"), ("published", "published_at"))
    ]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_nothing_to_publish_is_an_error_unless_it_is_permitted(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl" if kind == "file" else tmp_path
    if kind == "file":
        path.touch()

    assert isinstance(dry_run(path).exception, UsageError)
    assert dry_run(path, "--allow-empty").exit_code == 0
