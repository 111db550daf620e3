"""Augmented pages keep the whole article, and the added clutter is not gold text."""

from __future__ import annotations

from random import Random

import pytest

from tests.training.cleaning.augmentation import DonorText, augment, donor_texts
from tests.training.cleaning.examples import (
    augmented_examples,
    donors_by_fold,
    fold_of,
    read_example,
)
from tests.training.cleaning.gold import LabelledPage

OWN = [
    f"The harbour board met on day {n} and spoke of crane {n} for longer than it had planned to."
    for n in range(8)
]
TITLES = [
    "Tram line opens",
    "Library closes early",
    "Bakers strike",
    "Rain floods mill",
    "Owl seen",
]
DONORS = [
    DonorText(
        f"paper{n}.example",
        title,
        tuple(f"{title} in the town of part {n}. Nobody had seen {k} of them. So it was." * 2
              for k in range(6)),
    )
    for n, title in enumerate(TITLES * 5)
]  # fmt: skip


def page(host: str = "harbour.example", lines: list[str] = OWN, title: str = "") -> LabelledPage:
    body = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<html><body><main><h1>Cranes</h1><div class=text>{body}</div></main></body></html>"
    return LabelledPage(f"{host}-1", f"https://{host}/a", html, "\n".join(lines), {"title": title})


def changed(seed: int, *, articles: bool = True) -> LabelledPage:
    made = augment(page(), DONORS, Random(seed), articles=articles)  # noqa: S311 - a test's
    assert made is not None
    return made


@pytest.mark.parametrize("seed", range(40))
def test_article_is_kept_complete_and_added_clutter_is_not_gold(seed: int) -> None:
    made = changed(seed)
    example = read_example(made, 0)

    kept = [text for text, label in zip(example.texts, example.labels, strict=True) if label > 0.5]
    assert kept == OWN
    assert len(example.texts) > len(OWN) + 1
    assert made.gold == page().gold


def test_same_seed_gives_the_same_page() -> None:
    assert changed(7).html == changed(7).html
    assert changed(7).html != changed(8).html


def test_full_articles_are_added_only_on_request() -> None:
    def in_full(*, articles: bool) -> bool:
        pages = [changed(seed, articles=articles).html for seed in range(40)]
        return any(f"<p>{text.paragraphs[2]}</p>" in html for html in pages for text in DONORS)

    assert in_full(articles=True)
    assert not in_full(articles=False)


def test_page_without_its_gold_text_is_not_augmented() -> None:
    other = page(lines=["Nothing of this stands in the page that it is said to be the text of."])
    stranger = LabelledPage("x", "https://x.example/", page().html, other.gold, {})

    assert augment(stranger, DONORS, Random(1)) is None  # noqa: S311 - a test's


def test_donor_text_has_title_and_paragraphs() -> None:
    (text,) = donor_texts([page(lines=["Short.", *OWN[:2]], title="Cranes")])

    assert text == DonorText("harbour.example", "Cranes", tuple(OWN[:2]))


def test_donor_texts_stay_in_their_fold() -> None:
    """Otherwise a model would be scored on text that it was trained on."""
    hosts = [f"paper{n}.example" for n in range(40)]
    lines = {host: [line.replace("harbour", host) for line in OWN] for host in hosts}
    pages = [page(host, lines[host]) for host in hosts]
    folds = {host: fold_of(one) for host, one in zip(hosts, pages, strict=True)}

    for made in augmented_examples(pages, donors_by_fold(pages), read_example):
        around = [host for host in hosts if any(host in text for text in made.texts)]
        assert {folds[host] for host in around} == {made.fold}
