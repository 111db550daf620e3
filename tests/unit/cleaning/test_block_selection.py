"""From probabilities to the body: what is worth keeping, repeats, lists."""

from __future__ import annotations

import numpy as np

from services.cleaning.classifier.block_selection import best_threshold, choose
from services.cleaning.text.line_style import weight

LONG = "A paragraph of the article that is long enough to be told from a mere label, {}."


def heavy(texts: list[str]) -> np.ndarray:
    return np.array([weight(text) for text in texts], dtype=np.float32)


def kept(texts: list[str], p: list[float], **options: object) -> tuple[str, ...]:
    return choose(texts, np.array(p, dtype=np.float32), heavy(texts), **options).paragraphs  # type: ignore[arg-type]


def test_doubtful_block_is_kept_on_a_hard_page_and_dropped_on_a_clear_one() -> None:
    texts = [LONG.format(i) for i in range(5)]

    assert kept(texts, [0.3, 0.4, 0.3, 0.4, 0.3]) == tuple(texts)
    assert kept(texts, [0.99, 0.99, 0.99, 0.99, 0.3]) == tuple(texts[:4])


def test_sure_block_is_kept_on_any_page() -> None:
    texts = [LONG.format(i) for i in range(5)]
    p = [0.99, 0.99, 0.99, 0.99, 0.4]

    assert kept(texts, p) == tuple(texts[:4])
    assert kept(texts, p, certain=0.37) == tuple(texts)


def test_threshold_is_nearly_half_of_the_best_f1_to_be_expected() -> None:
    one = np.ones(4, dtype=np.float32)

    assert best_threshold(one, one) < 0.5
    assert best_threshold(one, one) > 0.4
    assert best_threshold(one * 0.2, one) < 0.2
    assert best_threshold(one[:0], one[:0]) == 0.5


def test_long_repeat_is_kept_once_and_the_visible_one_is_it() -> None:
    texts = [LONG.format(1), "between", LONG.format(1)]
    chosen = choose(
        texts, np.full(3, 0.9, dtype=np.float32), heavy(texts), hidden=[True, False, False]
    )

    assert chosen.picked == (1, 2)


def test_items_of_an_announced_list_are_kept_up_to_its_end() -> None:
    texts = [LONG.format(1)[:-1] + ":", "• bread;", "• milk:", "• salt", "Share", "• tea"]

    assert kept(texts, [0.9, 0.05, 0.05, 0.05, 0.05, 0.05]) == tuple(texts[:4])


def test_headline_is_no_part_of_the_body() -> None:
    assert kept(["The Title!", LONG.format(1)], [0.9, 0.9], title="The title") == (LONG.format(1),)
