"""Pages that list other pages or products are filtered, articles are not."""

from __future__ import annotations

import pytest

from services.cleaning.core import CleanedPage, NotAnArticle, clean_page
from tests.unit.cleaning.sample_pages import PARAGRAPHS, article_page

_BLURB = "Solid oak, oiled by hand, made in Port Lind and delivered within two weeks on the coast."


def shop_page(number: int) -> str:
    """Return a page of a shop with products, prices, filters and a text about the products."""
    card = (
        '<div class="card"><a href="/p/{0}"><img src="{0}.jpg"><h3>Holt chair of oak number {0}'
        '</h3></a><p>{1}</p><span class="price">€{0}9.00</span><button>Add</button></div>'
    )
    cards = "".join(card.format(i, _BLURB) for i in range(1, number))
    choices = "".join(f'<label><input type="checkbox">Colour {i}</label>' for i in range(20))
    return (
        f"<title>Chairs | Lind Furniture</title><h1>Chairs</h1><form>{choices}</form>{cards}"
        f'<a rel="next" href="?page=2">2</a><p>{_BLURB} {_BLURB}</p>'
    )


def teasers(number: int) -> str:
    """Return a list of teasers, each with a headline, a lead and a link."""
    teaser = (
        '<li class="item"><a href="/n/{0}"><h2>County board argues about pier number {0} again</h2>'
        "</a><p>The board met on Monday to hear what pier number {0} costs, and will vote on it "
        'in the next week.</p><a href="/n/{0}">Read more</a></li>'
    )
    return f"<ul>{''.join(teaser.format(i) for i in range(1, number))}</ul>"


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (shop_page(30), "https://lindfurniture.example/collections/chairs"),
        (
            f"<h1>Local news</h1>{teasers(40)}<a rel='next'>Older</a>",
            "https://coast.example/category/local",
        ),
    ],
)
def test_lists_are_filtered(page: str, url: str) -> None:
    got = clean_page(html=page, text=None, url=url)

    assert isinstance(got, NotAnArticle)
    assert got.reason == "index_page"


@pytest.mark.parametrize("url", ["https://coast.example/n/1", "https://coast.example/news/pier"])
def test_article_with_many_teasers_below_is_kept(url: str) -> None:
    page = article_page(PARAGRAPHS, after=teasers(12))
    got = clean_page(html=page, text=None, url=url)

    assert isinstance(got, CleanedPage)
    assert PARAGRAPHS[0] in got.body
