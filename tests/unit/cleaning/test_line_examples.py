"""Changed copies of the lines of a page, on which the text model is trained."""

from __future__ import annotations

import numpy as np

from tests.training.cleaning.examples import FOLDS, Example
from tests.training.cleaning.gold import LabelledPage
from tests.training.cleaning.line_examples import (
    framed,
    in_unknown_language,
    read_lines_example,
)


def page(number: int) -> Example:
    own = [f"Paragraph {i} of article {number} is a whole sentence of some length." for i in (1, 2)]
    menu, foot = f"Menu {number}", f"Imprint of site {number}"
    html = "".join(f"<p>{line}</p>" for line in (menu, own[0], f"Advert {number}", own[1], foot))
    row = LabelledPage(
        page_id=str(number),
        url=f"https://site{number}.example/a",
        html=f"<body>{html}</body>",
        gold="\n".join(own),
        row={},
    )
    return read_lines_example(row, fold=0)


def test_an_article_is_put_between_the_lines_around_another_one() -> None:
    copies = framed([page(1), page(2)])

    assert copies
    for copy in copies:
        (own,) = {text.split()[4] for text in copy.texts if text.startswith("Paragraph")}
        (other,) = {text.split()[1] for text in copy.texts if text.startswith("Menu")}
        assert own != other
        assert copy.texts[0] == f"Menu {other}"
        assert copy.texts[-1] == f"Imprint of site {other}"
        assert f"Advert {own}" in copy.texts  # what stands inside an article stays there
        assert copy.labels.tolist() == [float(t.startswith("Paragraph")) for t in copy.texts]


def test_frames_come_from_pages_of_the_same_fold() -> None:
    folds = [0, 0, 1, 1]
    examples = [page(i) for i in range(4)]
    for example, fold in zip(examples, folds, strict=True):
        object.__setattr__(example, "fold", fold)

    for copy in framed(examples):
        (menu,) = [text for text in copy.texts if text.startswith("Menu")]
        assert folds[int(menu.split()[1])] == copy.fold < FOLDS


def test_a_line_without_weight_has_none_in_the_copies() -> None:
    first, second = page(1), page(2)
    object.__setattr__(first, "weights", np.where(np.arange(5) == 1, 0, first.weights))

    for copy in framed([first, second]):
        weights = dict(zip(copy.texts, copy.weights.tolist(), strict=True))
        assert weights.get("Paragraph 1 of article 1 is a whole sentence of some length.", 0) == 0


def test_a_copy_in_an_unknown_language_keeps_the_form_of_its_lines() -> None:
    example = page(3)

    copy = in_unknown_language(example)

    assert copy.labels.tolist() == example.labels.tolist()
    for before, after in zip(example.texts, copy.texts, strict=True):
        assert [len(word) for word in after.split()] == [len(word) for word in before.split()]
        assert [c for c in after if not c.isalpha()] == [c for c in before if not c.isalpha()]
        assert [c.isupper() for c in after] == [c.isupper() for c in before]
    assert not set(copy.texts[1].split()) & {"Paragraph", "article", "whole", "sentence"}
