"""Tree inference gives the same result as traversing each tree."""

from __future__ import annotations

from typing import Any

import numpy as np

from services.cleaning.classifier.block_features import FEATURES
from services.cleaning.classifier.decision_trees import Trees
from services.cleaning.classifier.models import load_models
from services.cleaning.classifier.second_pass import SECOND_PASS_FEATURES

TREE: dict[str, Any] = {
    # x0 <= 1 ? (x1 <= 5 ? a : b) : c, leaves numbered from the left
    "f": [0, 1],
    "t": [1.0, 5.0],
    "m": [0xFFFF ^ 0b011, 0xFFFF ^ 0b001],
    "v": [-1.0, 0.5, 2.0],
}


def test_each_row_gets_the_value_of_its_leaf() -> None:
    rows = np.array([[0, 0], [0, 9], [3, 0], [1, 5]], dtype=np.float32)
    got = Trees.from_json([TREE, TREE]).predict(rows)

    expected = 1 / (1 + np.exp(-2 * np.array([-1.0, 0.5, 2.0, -1.0])))
    np.testing.assert_allclose(got, expected, rtol=1e-5)


def test_no_rows_give_no_predictions() -> None:
    assert len(Trees.from_json([TREE]).predict(np.zeros((0, 2), dtype=np.float32))) == 0


def test_weights_refer_to_existing_features() -> None:
    html = load_models().html

    assert html.first.feature.max() < len(FEATURES)
    assert html.second.feature.max() < len(FEATURES) + len(SECOND_PASS_FEATURES)
