"""`newsloom explain`: show the facts of an article, and why its date was chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from schemas.article import RawArticle, StatedDate
from services.cleaning.core import CleanedPage, clean_page
from services.commands.terminal.output import errors, out
from services.ingest import files
from services.messaging.errors import UsageError
from services.settings import settings

_FACTS = (
    "title", "authors", "contributions", "modified", "site_name", "section_path", "genre",
    "description", "keywords", "image", "video",
)  # fmt: skip


def explain(
    paths: Annotated[
        list[Path], typer.Argument(help="Files of the types .html, .txt, .json and .jsonl.")
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, one article a line.")
    ] = False,
) -> None:
    """Clean articles without a broker, and print each candidate for the publication date.

    For each candidate it prints what it is, where it stands, and what became of it.
    """
    for path in paths:
        if not path.is_file():
            raise UsageError(f"There is no file {path}.")
    failed = 0
    for loaded in (one for path in paths for one in files.load(path)):
        if loaded.article is None:
            errors.print(f"refused {loaded.origin}: {loaded.refusal}", style="yellow", markup=False)
            failed += 1
        elif not _explain(loaded.article, loaded.origin, as_json=as_json):
            failed += 1
    if failed:
        raise typer.Exit(1)


def _explain(raw: RawArticle, origin: str, *, as_json: bool) -> bool:
    """Print what is known of one article; return whether it is one."""
    page = clean_page(
        html=raw.html,
        text=raw.text,
        url=raw.url,
        title=raw.title,
        timeout=settings().cleaning_timeout,
        fetched_at=raw.fetched_at,
        explain=True,
    )
    if not isinstance(page, CleanedPage):
        errors.print(f"{origin}: {page.reason}: {page.detail}", style="yellow", markup=False)
        return False
    facts = _facts(page)
    if as_json:
        typer.echo(json.dumps({"file": origin, **facts}, ensure_ascii=False))
        return True
    out.print(origin, style="bold", markup=False, highlight=False)
    _line("published", _published(page.published))
    for one in facts["candidates"]:
        text = f"{one['value']}  {one['evidence']}: {one['source']!r}: {one['outcome']}"
        out.print(f"    {text}", markup=False, highlight=False, soft_wrap=True)
    for name in _FACTS:
        if facts.get(name):
            _line(name, facts[name])
    return True


def _published(date: StatedDate | None) -> str:
    if date is None:
        return "not stated"
    return f"{date.value} (when it was last changed)" if date.of_last_change else date.value


def _line(name: str, value: Any) -> None:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    out.print(f"  {name}: {text}", markup=False, highlight=False, soft_wrap=True)


def _facts(page: CleanedPage) -> dict[str, Any]:
    """Return the facts of a page as JSON has them, with the candidates for its date."""
    facts: dict[str, Any] = {"published": _plain(page.published)}
    facts["candidates"] = [
        {
            "value": one.candidate.date.value,
            "evidence": one.candidate.evidence.name.lower(),
            "source": one.candidate.source,
            "outcome": one.outcome,
        }
        for one in page.considered_dates
    ]
    return facts | {name: _plain(getattr(page, name)) for name in _FACTS}


def _plain(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
