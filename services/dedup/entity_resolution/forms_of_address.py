"""Find out whether a text addresses a person, known by surname, as a woman or as a man."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Final

from schemas.article import TaggedArticle
from schemas.tags import Entity, EntityType, TextField
from services.dedup.entity_resolution.person_names import PersonName, parse_person_name
from services.languages.registry import languages, words_of_all_languages

_WOMENS_NAMES: Final = words_of_all_languages(lambda language: language.names.feminine_names)
_MENS_NAMES: Final = words_of_all_languages(lambda language: language.names.masculine_names)
_REACH: Final = 20
"""How far before a name its form of address is looked for, in characters."""


class Gender(StrEnum):
    """What the forms of address before a name say, in one letter, as it is stored."""

    WOMAN = "f"
    MAN = "m"
    BOTH = "b"
    """Two people have the name: "Mr and Mrs Falk"."""


def addressed_as(article: TaggedArticle) -> dict[str, Gender]:
    """Return by id of each person known by one word how the article addresses them, if it does."""
    return {
        entity.entity_id: gender
        for entity in article.entities
        if entity.type is EntityType.PERSON and " " not in entity.name
        if (gender := _addressed_as(entity, article)) is not None
    }


def united(one: str | None, other: Gender) -> Gender:
    """Return what two statements about one name say together."""
    return other if one in {None, other} else Gender.BOTH


def may_be(name: PersonName, gender: Gender | None) -> bool:
    """Return whether a person with a full name may be addressed so, by the given name."""
    given = name.words[0]
    if gender is None or (given in _WOMENS_NAMES) == (given in _MENS_NAMES):
        return gender is not Gender.BOTH
    return gender is (Gender.WOMAN if given in _WOMENS_NAMES else Gender.MAN)


def _addressed_as(entity: Entity, article: TaggedArticle) -> Gender | None:
    found: Gender | None = None
    for mention in entity.mentions:
        text = article.title if mention.field is TextField.TITLE else article.body
        start = mention.start
        if parse_person_name(mention.text).words != parse_person_name(entity.name).words:
            continue
        before = text[max(0, start - _REACH) : start]
        for gender in _genders_before(before, article.language.partition("-")[0]):
            found = united(found, gender)
    return found


def _genders_before(text: str, language: str) -> Iterator[Gender]:
    """Yield what the form of address at the end of a text says; two for "Mr and Mrs"."""
    titles = _titles(language)
    words = [word.rstrip(".") for word in text.lower().split()]
    if words and words[-1] in titles:
        yield from (titles[word] for word in (words[-1], *words[-3:-2]) if word in titles)


@cache
def _titles(language: str) -> dict[str, Gender]:
    """Return the forms of address in a language (ISO 639-1) and in English with their gender."""
    found: dict[str, Gender] = {}
    for code in sorted({"en", language} & languages().keys()):
        names = languages()[code].names
        found |= dict.fromkeys(names.feminine_honorifics, Gender.WOMAN)
        found |= dict.fromkeys(names.masculine_honorifics, Gender.MAN)
    return found
