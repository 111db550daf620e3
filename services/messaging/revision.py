"""Derive the id of a revision from the cleaned article: what an outlet can revise."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from pydantic_core import to_json

from schemas.article import (
    CleanArticle,
    Genre,
    Image,
    StatedDate,
    StatedText,
    StatedTexts,
    Video,
)
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
    "section_path",
    "genre",
    "description",
    "keywords",
    "image",
    "video",
)
"""Fields of `CleanArticle` whose change is a revision.

The others say where and when the page was fetched and how it was cleaned; they change with each
advert or visit. A field may be added: an article without it keeps its id, and dedup does not take
the field for changed in articles that it knew before (`services/dedup/article_changes.py`).
"""


def revised_fields(article: CleanArticle) -> dict[str, str]:
    """Return the text of each of `REVISED_FIELDS`, empty for one that the article lacks.

    Of a fact only the value counts, and not the place on the page where it was found. A date that
    the page states only as a distance ("2 hours ago") changes with every visit and does not count,
    nor do the host and the parameters of an image's address, the order of the keywords, and what
    describes an image.
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
    match value:
        case StatedDate():
            return "" if value.relative or value.of_last_change else value.value
        case StatedText() | Genre():
            return str(value.value)
        case StatedTexts():
            return to_json(sorted(value.values)).decode()
        case Image() | Video():
            return urlsplit(value.url).path
    return value if isinstance(value, str) else to_json(value).decode()
