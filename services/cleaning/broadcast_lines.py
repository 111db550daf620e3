"""Leave out lines that name the programme on air: "On air now: Breakfast with"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.cleaning.classifier.feature_table import Floats
from services.languages.registry import words_of_all_languages

_MAX_LENGTH = 120
_LABELS = "|".join(
    sorted(
        map(re.escape, words_of_all_languages(lambda one: one.broadcast_labels)),
        key=len,
        reverse=True,
    )
)
_LINE = re.compile(rf"\W*(?:play |listen )?(?:{_LABELS})\s?[:\uff1a|\u2013-]\s?\S", re.IGNORECASE)


def drop_broadcast_lines(lines: Sequence[str], p: Floats) -> Floats:
    """Set the probability of short lines that name the programme on air to 0."""
    found = [i for i, line in enumerate(lines) if len(line) <= _MAX_LENGTH and _LINE.match(line)]
    if not found:
        return p
    out = p.copy()
    out[found] = 0.0
    return out
