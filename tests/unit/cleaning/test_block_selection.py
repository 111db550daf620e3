"""Blocks are selected by probability, threshold, repetition and lists."""

from __future__ import annotations

import numpy as np

from services.cleaning.classifier.block_selection import best_threshold, select_blocks
from services.cleaning.text.line_style import weight

LONG = "A paragraph of the article that is long enough to be told from a mere label, {}."


def weights(texts: list[str]) -> np.ndarray:
    return np.array([weight(text) for text in texts], dtype=np.float32)


def kept(texts: list[str], p: list[float], **options: object) -> tuple[str, ...]:
    return select_blocks(texts, np.array(p, dtype=np.float32), weights(texts), **options).paragraphs  # type: ignore[arg-type]


def test_block_of_medium_probability_is_kept_on_a_hard_page_and_dropped_on_a_clear_one() -> None:
    texts = [LONG.format(i) for i in range(5)]

    assert kept(texts, [0.3, 0.4, 0.3, 0.4, 0.3]) == tuple(texts)
    assert kept(texts, [0.99, 0.99, 0.99, 0.99, 0.3]) == tuple(texts[:4])


def test_block_of_high_probability_is_kept_on_any_page() -> None:
    texts = [LONG.format(i) for i in range(5)]
    p = [0.99, 0.99, 0.99, 0.99, 0.4]

    assert kept(texts, p) == tuple(texts[:4])
    assert kept(texts, p, always_keep=0.37) == tuple(texts)


def test_threshold_is_about_half_of_the_best_expected_f1() -> None:
    one = np.ones(4, dtype=np.float32)

    assert best_threshold(one, one) < 0.5
    assert best_threshold(one, one) > 0.4
    assert best_threshold(one * 0.2, one) < 0.2
    assert best_threshold(one[:0], one[:0]) == 0.5


def test_of_a_repeated_long_block_only_the_visible_one_is_kept() -> None:
    texts = [LONG.format(1), "between", LONG.format(1)]
    selection = select_blocks(
        texts, np.full(3, 0.9, dtype=np.float32), weights(texts), hidden=[True, False, False]
    )

    assert selection.indexes == (1, 2)


def test_items_of_an_announced_list_are_kept_up_to_its_end() -> None:
    texts = [LONG.format(1)[:-1] + ":", "• bread;", "• milk:", "• salt", "Share", "• tea"]

    assert kept(texts, [0.9, 0.05, 0.05, 0.05, 0.05, 0.05]) == tuple(texts[:4])


def test_headline_is_not_part_of_the_body() -> None:
    assert kept(["The Title!", LONG.format(1)], [0.9, 0.9], title="The title") == (LONG.format(1),)
