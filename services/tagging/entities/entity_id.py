"""Ids of entities that neither the gazetteer nor the place index knows."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from schemas.tags import EntityType
from services.tagging.names import fold_name

MAX_SLUG_CHARS = 80
"""A longer slug is cut and made unique by a hash."""

HASH_DIGITS = 16

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=20_000)
def entity_id(kind: EntityType, name: str) -> str:
    """Return an id made from type and name: the same in every article and process.

    An example is "person:ida-falk". A name with letters that have no ASCII form is identified
    by the first 16 hexadecimal digits of its SHA-256.
    """
    folded = fold_name(name).lower()
    decomposed = unicodedata.normalize("NFKD", folded)
    without_accents = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    slug = _NOT_SLUG.sub("-", without_accents).strip("-")
    if without_accents.isascii() and slug and len(slug) <= MAX_SLUG_CHARS:
        return f"{kind}:{slug}"
    digest = hashlib.sha256(folded.encode()).hexdigest()[:HASH_DIGITS]
    return f"{kind}:{slug[:MAX_SLUG_CHARS]}{'-' if slug else ''}{digest}"
