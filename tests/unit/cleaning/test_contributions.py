"""Who made the pictures or edited the text is told apart from who wrote it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.article import RawArticle
from services.cleaning.article import clean
from services.messaging.revision import revision_id
from services.settings import Settings
from tests.unit.cleaning.sample_pages import PARAGRAPHS

NOW = datetime(2031, 6, 1, tzinfo=UTC)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def credits_of(
    byline: str, language: str = "en", head: str = ""
) -> tuple[list[str], list[tuple[str, str]]]:
    page = (
        f'<html lang="{language}"><head><title>Quay opens to ferries</title>{head}</head><body>'
        f"<main><article><h1>Quay opens to ferries</h1>{byline}{BODY}</article></main></body>"
    )
    raw = RawArticle(url="https://harbourpost.example/quay", source="post", html=page)
    article = clean(raw, NOW, Settings())
    return article.authors, [(one.name, one.kind.value) for one in article.contributions]


@pytest.mark.parametrize(
    ("language", "byline", "kind"),
    [
        ("en", "Words by Mia Hale; photographs by Jon Ash", "pictures"),
        ("en", "By Mia Hale | Illustrations by Jon Ash", "pictures"),
        ("en", "By Mia Hale. Photographs: Jon Ash", "pictures"),
        ("de", "Text: Mia Hale Foto: Jon Ash", "pictures"),
        ("fr", "Par Mia Hale, photos : Jon Ash", "pictures"),
        ("sv", "Text: Mia Hale Foto: Jon Ash", "pictures"),
        ("es", "Por Mia Hale. Fotos: Jon Ash", "pictures"),
        ("en", "By Mia Hale; edited by Jon Ash", "editing"),
        ("en", "By Mia Hale, reviewed by Jon Ash, MD", "editing"),
    ],
)
@pytest.mark.parametrize("element", ["<p>{}</p>", '<p class="byline">{}</p>'])
def test_role_of_a_name_is_kept_apart(language: str, byline: str, kind: str, element: str) -> None:
    authors, contributions = credits_of(element.format(byline), language)

    assert authors == (["Mia Hale", "Jon Ash"] if kind == "pictures" else ["Mia Hale"])
    assert contributions == [("Jon Ash", kind)]


def test_role_in_metadata_is_kept_apart() -> None:
    head = '<meta name="author" content="Words by Mia Hale, photos by Jon Ash and Eva Lund">'

    assert credits_of("", head=head)[1] == [("Jon Ash", "pictures"), ("Eva Lund", "pictures")]


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Mia Hale and Jon Ash</p>",
        "<p>Text and photos by Mia Hale</p>",
        "<figure><img src=a.jpg><figcaption>The quay. Photo: Jon Ash</figcaption></figure>",
        "<p>Photo: Harbour Post</p>",
    ],
)
def test_writers_and_credits_of_captions_are_no_contributions(byline: str) -> None:
    assert credits_of(byline)[1] == []


def test_byline_of_a_text_states_contributions() -> None:
    lines = ["Quay opens after two years", "Words by Mia Hale; photographs by Jon Ash", *PARAGRAPHS]
    raw = RawArticle(url="https://harbourpost.example/quay", source="post", text="\n\n".join(lines))
    article = clean(raw, NOW, Settings())

    assert [(one.name, one.kind.value) for one in article.contributions] == [
        ("Jon Ash", "pictures")
    ]


def test_contribution_is_no_revision() -> None:
    text = "\n\n".join(["Quay opens", "Words by Mia Hale; photographs by Jon Ash", *PARAGRAPHS])
    raw = RawArticle(url="https://harbourpost.example/quay", source="post", text=text)
    article = clean(raw, NOW, Settings())
    without = article.model_copy(update={"contributions": []})

    assert article.contributions
    assert revision_id(without) == article.revision_id
