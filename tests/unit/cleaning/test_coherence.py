"""Rows of paragraphs are kept whole; what repeats, asks or offers is left out."""

from __future__ import annotations

import numpy as np
import pytest

from services.cleaning.classifier.coherence import lift_coherent
from services.cleaning.core import CleanedPage, clean_page
from services.cleaning.html.blocks import read_blocks
from services.cleaning.limits import Deadline
from services.cleaning.page_extractor import parse
from tests.unit.cleaning.sample_pages import PARAGRAPHS, TITLE, article_page

ROW = "".join(f"<p class=text>{paragraph}</p>" for paragraph in PARAGRAPHS)
FIGURE = "<figure><figcaption>The pier at dawn. Drawing by Ida Falk</figcaption></figure>"
HEADING = "<h2>More from the islands</h2>"


def lifted(markup: str, p: list[float]) -> list[bool]:
    blocks = read_blocks(parse(f"<body>{markup}</body>"), Deadline(9))
    before = np.array(p, dtype=np.float32)
    assert len(blocks.texts) == len(p)
    return [bool(is_lifted) for is_lifted in lift_coherent(blocks, before) > before]


def body_of(html: str | None, text: str | None = None) -> str:
    got = clean_page(html=html, text=text, url="https://harbourpost.example/ferry")
    assert isinstance(got, CleanedPage)
    return got.body


def test_doubtful_row_after_a_figure_is_lifted() -> None:
    p = [0.9] * 5 + [0.1] + [0.25, 0.25, 0.9, 0.9, 0.9]

    assert lifted(ROW + FIGURE + ROW, p) == [False] * 6 + [True, True] + [False] * 3


@pytest.mark.parametrize(
    ("markup", "p"),
    [
        (ROW + HEADING + ROW, [0.9] * 5 + [0.05] + [0.25] * 5),  # another article below
        (ROW + ROW, [0.9] * 4 + [0.05] * 6),  # the model is certain
        (ROW + ROW, [0.9] * 3 + [0.3] * 7),  # the minority is likely
        (ROW.replace("text", "note") + ROW, [0.3] * 5 + [0.9] * 5),  # marked up differently
        (ROW, [0.9, 0.9, 0.9, 0.9, 0.22]),  # a note at the end
    ],
)
def test_paragraphs_that_others_do_not_vouch_for_are_not_lifted(
    markup: str, p: list[float]
) -> None:
    assert not any(lifted(markup, p))


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote>Nobody on the island believed that it would ever come back</blockquote>",
        "<figure><blockquote><p>“We waited two years for this”</p></blockquote></figure>",
    ],
)
def test_pull_quote_that_repeats_the_text_is_left_out(quote: str) -> None:
    page = article_page().replace(f"<p>{PARAGRAPHS[3]}</p>", f"{quote}<p>{PARAGRAPHS[3]}</p>")

    assert body_of(page) == "\n\n".join(PARAGRAPHS)


def test_quotation_of_a_statement_is_kept() -> None:
    said = "The county board thanks all islanders for their patience in the two years of repairs."
    quote = f"<blockquote><p>{said}</p></blockquote>"
    page = article_page().replace(f"<p>{PARAGRAPHS[3]}</p>", f"{quote}<p>{PARAGRAPHS[3]}</p>")

    assert said in body_of(page)


@pytest.mark.parametrize("tag", ["amp-consent", "amp-user-notification"])
def test_dialogs_of_amp_pages_are_left_out(tag: str) -> None:
    dialog = (
        f"<{tag}><div><p>We and our partners store information on your device to show you adverts "
        f"that fit you, and ask you to agree to this before you go on.</p></div></{tag}>"
    )

    assert "partners" not in body_of(article_page(before=dialog))


def test_offer_of_the_rest_ends_a_scraped_text() -> None:
    lines = [TITLE, *PARAGRAPHS[:3], "Subscribe to read on. You get all stories for three marks."]
    got = clean_page(html=None, text="\n".join(lines), url="https://harbourpost.example/ferry")

    assert isinstance(got, CleanedPage)
    assert got.truncated
    assert got.body == "\n\n".join(PARAGRAPHS[:3])


@pytest.mark.parametrize(
    "offer",
    [
        "Abonnieren Sie unseren Newsletter mit den Nachrichten der Küste",
        "Suscríbase a nuestro boletín de las islas para recibir todas las noticias",
        "Meld je aan voor onze nieuwsbrief met het nieuws van de eilanden",
    ],
)
def test_offers_of_newsletters_are_left_out_of_scraped_text(offer: str) -> None:
    assert offer not in body_of(None, "\n".join([TITLE, *PARAGRAPHS[:3], offer, *PARAGRAPHS[3:]]))
