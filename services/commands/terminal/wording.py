"""Word numbers for messages."""

from __future__ import annotations


def counted(number: int, thing: str, plural: str = "") -> str:
    """Return `1 row`, `2 rows` or `1,000 rows`; `plural` is for words that take no `s`."""
    return f"{number:,} {thing if number == 1 else plural or f'{thing}s'}"
