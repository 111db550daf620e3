"""Numbers in messages."""

from __future__ import annotations

import pytest

from services.commands.terminal.wording import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1234, "1,234 rows")]
)
def test_a_counted_thing_has_the_right_form(number: int, said: str) -> None:
    assert counted(number, "row") == said
    assert counted(2, "copy", "copies") == "2 copies"
