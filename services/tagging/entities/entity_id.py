"""Ids of entities that are neither in the gazetteer nor a known place, made from type and name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from schemas.tags import EntityType
from services.tagging.names import fold

MAX_SLUG_CHARS = 80
"""A longer slug is cut and told apart by a hash."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=20_000)
def entity_id(kind: EntityType, name: str) -> str:
    """Return the id, which is the same in every article and process ("person:ida-falk").

    Names in letters without an ASCII form are told apart by the first 16 hexadecimal digits of
    their SHA-256.
    """
    folded = fold(name).lower()
    plain = unicodedata.normalize("NFKD", folded)
    ascii_only = "".join(sign for sign in plain if not unicodedata.combining(sign))
    slug = _NOT_SLUG.sub("-", ascii_only).strip("-")
    lossless = ascii_only.isascii() and slug and len(slug) <= MAX_SLUG_CHARS
    if lossless:
        return f"{kind}:{slug}"
    digest = hashlib.sha256(folded.encode()).hexdigest()[:16]
    return f"{kind}:{slug[:MAX_SLUG_CHARS]}{'-' if slug else ''}{digest}"
