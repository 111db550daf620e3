"""Find places whose names begin with an abbreviation: "Ft. Worth", "Mt. Rainier"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.tags import EntityType
from services.tagging.names import fold_name, trim_name
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_pattern import starts_word

_ABBREVIATED = re.compile(r"(St|Ft|Mt|Pt)\. [^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w-]+)?")


def find_abbreviated_places(text: str, places: PlaceIndex) -> Iterator[EntityMention]:
    """Yield the places; one that begins with "St." only where the index knows it."""
    for match in _ABBREVIATED.finditer(text):
        if not starts_word(text, match.start()):
            continue
        start, end = trim_name(text, *match.span())
        if fold_name(text[start:end]) not in places:
            first_two = text[start:end].split(" ")[:2]
            end = start + len(" ".join(first_two))
            if match.group(1) == "St" and fold_name(text[start:end]) not in places:
                continue
        yield EntityMention(start, end, text[start:end], EntityType.PLACE, BY_RULE)
