"""Shorten the full names in articles, to know whom a surname or an acronym means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.article import TaggedArticle
from schemas.tags import Entity, EntityType, TextField
from services.languages.en.names import GENERATION_SUFFIXES, SHORT_GIVEN_NAMES

_LINKS: Final = frozenset("of for the and in on".split())  # noqa: SIM905 - as the word lists are
_PARTICLES: Final = frozenset(["von", "van", "der", "den", "de", "del", "la", "di", "da", "bin"])
_LONGEST_ACRONYM: Final = 6
_STEM: Final = 4
"""Letters of a word that two spellings of it share: "Sergey", "Sergei"."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A short form that stands in an article in place of full names."""

    kind: str
    """`surname` or `acronym`."""
    short: str
    full: tuple[str, ...]
    """The names that it replaces: several if two people of the article have one surname."""


def plain(name: str) -> str:
    """Return a name in lower case, without accents and dots."""
    signs = unicodedata.normalize("NFKD", name.lower())
    return " ".join("".join(s for s in signs if not unicodedata.combining(s) and s != ".").split())


def surname(name: str) -> str | None:
    """Return the surname of a full name with its particles; None if the name has one word."""
    words = name.split()
    while len(words) > 1 and words[-1].lower() in GENERATION_SUFFIXES:
        words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    found = " ".join(words[start:]).strip(",")
    return found if start > 0 and found[:1].isalpha() else None


def acronym(name: str) -> str | None:
    """Return the initials of a name of at least three words that are capitalised."""
    words = [word for word in name.split() if word.lower() not in _LINKS]
    usual = 3 <= len(words) <= _LONGEST_ACRONYM and all(word[0].isupper() for word in words)
    return "".join(word[0] for word in words) if usual else None


def is_same_person(one: str, other: str) -> bool:
    """Return whether one full name contains the other, or both share surname and given name."""
    first, second = plain(one).split(), plain(other).split()
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    same_surname = plain(surname(one) or "") == plain(surname(other) or "")
    return same_surname and any(_may_be_one(a, b) for a in first[:-1] for b in second[:-1])


def _may_be_one(one: str, other: str) -> bool:
    """Return whether two given names are alike: an initial, a short form, another spelling."""
    return (
        one[:_STEM] == other[:_STEM]
        or (min(len(one), len(other)) == 1 and one[0] == other[0])
        or one in SHORT_GIVEN_NAMES.get(other, ())
        or other in SHORT_GIVEN_NAMES.get(one, ())
    )


def is_same_organisation(one: str, other: str) -> bool:
    """Return whether two names have the same words, but for their spelling and endings."""
    first, second = (
        [word[:_STEM] for word in plain(name).replace("-", " ").split() if word not in _LINKS]
        for name in (one, other)
    )
    return first == second


def reductions(article: TaggedArticle) -> list[Reduction]:
    """Return the short forms for the full names of people and organisations of an article."""
    names: dict[tuple[str, str], list[str]] = {}
    for entity in article.entities:
        kind, short = None, None
        if entity.type is EntityType.PERSON:
            kind, short = "surname", surname(entity.name)
        elif entity.type is EntityType.ORGANISATION:
            kind, short = "acronym", acronym(entity.name)
        if kind and short:
            names.setdefault((kind, short), []).append(entity.name)
    return [Reduction(kind, short, tuple(full)) for (kind, short), full in names.items()]


def reduced(article: TaggedArticle, made: Sequence[Reduction]) -> TaggedArticle:
    """Return the article with the short forms in place of all mentions of the full names."""
    short = {name: one.short for one in made for name in one.full}
    entities = [one for one in article.entities if one.name in short]
    fields = {
        "title": _replaced(article.title, TextField.TITLE, entities, short),
        "body": _replaced(article.body, TextField.BODY, entities, short),
    }
    return article.model_copy(update={**fields, "entities": [], "quotes": []})


def _replaced(
    text: str, field: TextField, entities: Iterable[Entity], short: dict[str, str]
) -> str:
    mentions = sorted(
        (mention.start, mention.end, short[entity.name])
        for entity in entities
        for mention in entity.mentions
        if mention.field is field and " " in mention.text
    )
    for start, end, name in reversed(mentions):
        text = text[:start] + name + text[end:]
    return text
