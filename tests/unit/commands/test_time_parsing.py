"""Times on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.commands.terminal.time_parsing import parse_time
from services.messaging.errors import UsageError

NOW = datetime(2025, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90min", NOW - timedelta(minutes=90)),
        ("2d", NOW - timedelta(days=2)),
        ("2025-05-04T08:00Z", datetime(2025, 5, 4, 8, tzinfo=UTC)),
        ("2025-05-04T10:00+02:00", datetime(2025, 5, 4, 8, tzinfo=UTC)),
        ("2025-05-04", datetime(2025, 5, 4, tzinfo=UTC)),
    ],
)
def test_absolute_and_relative_times_are_parsed(text: str, expected: datetime) -> None:
    assert parse_time(text, NOW) == expected


def test_an_invalid_time_is_reported() -> None:
    with pytest.raises(UsageError, match="'yesterday' is not a time"):
        parse_time("yesterday", NOW)
