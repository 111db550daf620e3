"""Find the names of sites: "Censor.NET" is one name, and no address of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.tags import EntityType
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import SITE_ENDINGS
from services.tagging.word_pattern import words_pattern

NAME_REACH = 40
"""How far before the dot the name of a site begins at most, in characters."""

_ENDING = re.compile(rf"\.(?i:{words_pattern(SITE_ENDINGS, whole=False)})(?![\w/@]|\.\w)")
_BEFORE = re.compile(r"(?<![\w@#/.:-])[^\W\d_a-z][\w-]+(?:\.[\w-]+)?$")
"""A name with a capital; a sentence that begins without a blank after the dot has no such end."""


def find_site_names(text: str) -> Iterator[EntityMention]:
    """Yield the names of sites as organisations."""
    for ending in _ENDING.finditer(text):
        floor = max(0, ending.start() - NAME_REACH)
        name = _BEFORE.search(text[floor : ending.start()])
        if name is not None:
            start, end = floor + name.start(), ending.end()
            yield EntityMention(start, end, text[start:end], EntityType.ORGANISATION, BY_RULE)
