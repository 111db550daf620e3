"""Trees without the training library give what walking each tree gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from services.cleaning.classifier.block_features import FEATURES, SECOND_FEATURES
from services.cleaning.classifier.decision_trees import Trees
from services.cleaning.classifier.models import load_models

TREE: dict[str, Any] = {
    # x0 <= 1 ? (x1 <= 5 ? a : b) : c, leaves numbered from the left
    "f": [0, 1],
    "t": [1.0, 5.0],
    "m": [0xFFFF ^ 0b011, 0xFFFF ^ 0b001],
    "v": [-1.0, 0.5, 2.0],
}


def test_each_row_ends_in_its_leaf() -> None:
    rows = np.array([[0, 0], [0, 9], [3, 0], [1, 5]], dtype=np.float32)
    got = Trees.from_json([TREE, TREE]).predict(rows)

    expected = 1 / (1 + np.exp(-2 * np.array([-1.0, 0.5, 2.0, -1.0])))
    np.testing.assert_allclose(got, expected, rtol=1e-5)


def test_no_rows_give_no_answers() -> None:
    assert len(Trees.from_json([TREE]).predict(np.zeros((0, 2), dtype=np.float32))) == 0


def test_weights_ask_for_features_that_exist() -> None:
    html = load_models().html

    assert html.first.feature.max() < len(FEATURES)
    assert html.second.feature.max() < len(FEATURES) + len(SECOND_FEATURES)
