"""Make a readable part of an id or URL."""

from __future__ import annotations

import re

from ..envelope import deterministic_id

_LONGEST = 80


def slug(text: str) -> str:
    """Return the letters and digits of a text in ASCII, as in the path of a URL."""
    slug = "-".join(re.findall(r"[a-z0-9]+", text.casefold()))[:_LONGEST]
    return slug or deterministic_id(text)
