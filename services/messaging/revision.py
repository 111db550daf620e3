"""Derive the id of a revision from the cleaned article: what an outlet can revise."""

from __future__ import annotations

from typing import Any, Final

from pydantic_core import to_json

from schemas.article import CleanArticle, StatedDate
from schemas.envelope import deterministic_id

REVISED_FIELDS: Final = (
    "title",
    "body",
    "authors",
    "published",
    "modified",
    "section",
    "language",
    "accessible_for_free",
    "status",
)
"""Fields of `CleanArticle` whose change is a revision.

The others say where and when the page was fetched and how it was cleaned; they change with each
advert or visit. A field may be added: an article without it keeps its id, and dedup does not take
the field for changed in articles that it knew before (`services/dedup/article_changes.py`).
"""


def revised_fields(article: CleanArticle) -> dict[str, str]:
    """Return the text of each of `REVISED_FIELDS`, empty for one that the article lacks.

    Of a date only the value counts, and not the place on the page where it was found.
    """
    return {name: _text(getattr(article, name)) for name in REVISED_FIELDS}


def revision_id(article: CleanArticle) -> str:
    """Return the revision id, derived from the article id and the fields that are present."""
    present = ((name, text) for name, text in revised_fields(article).items() if text)
    return deterministic_id(
        "clean-revision", article.article_id, *(part for pair in present for part in pair)
    )


def _text(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, StatedDate):
        return value.value
    return value if isinstance(value, str) else to_json(value).decode()
