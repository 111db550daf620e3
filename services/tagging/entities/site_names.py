"""Find the names of sites: "Censor.NET" is one name, and no address of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.tags import EntityType
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import SITE_ENDINGS
from services.tagging.word_pattern import words_pattern

_SITE = re.compile(
    r"(?<![\w@#/.:-])[^\W\d_a-z][\w-]+(?:\.[\w-]+)?\."
    rf"(?i:{words_pattern(SITE_ENDINGS, whole=False)})(?![\w/@]|\.\w)"
)
"""A name with a capital; a sentence that begins without a blank after the dot has no such end."""


def find_site_names(text: str) -> Iterator[EntityMention]:
    """Yield the names of sites as organisations."""
    for match in _SITE.finditer(text):
        yield EntityMention(
            match.start(), match.end(), match.group(), EntityType.ORGANISATION, BY_RULE
        )
