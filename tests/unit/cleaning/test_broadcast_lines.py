"""Lines that name the programme on air are left out; sentences with the same words are kept."""

from __future__ import annotations

import numpy as np
import pytest

from services.cleaning.broadcast_lines import drop_broadcast_lines


@pytest.mark.parametrize(
    "line",
    [
        "On air now: Morning Harbour with Tilda and Ben",
        "Play On air: The Late Tide",
        "Gerade läuft: Hafenmagazin mit Uwe Behr",
        "À l’antenne : Les matins du port",
    ],
)
def test_a_line_that_names_the_programme_on_air_is_dropped(line: str) -> None:
    probabilities = np.array([0.9, 0.9], dtype=np.float32)

    left = drop_broadcast_lines([line, "The council met on Monday."], probabilities)

    assert left.tolist() == pytest.approx([0.0, 0.9])


@pytest.mark.parametrize(
    "line",
    [
        "On air now are two presenters, the station said: Tilda and Ben.",
        "On air, the mayor said the bridge would close.",
        "The programme on air now: a mistake, said the mayor.",
    ],
)
def test_a_sentence_with_such_words_is_kept(line: str) -> None:
    probabilities = np.array([0.9], dtype=np.float32)

    assert drop_broadcast_lines([line], probabilities).tolist() == pytest.approx([0.9])
