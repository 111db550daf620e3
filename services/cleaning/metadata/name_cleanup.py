"""Clean a single name of what stands with it: roles, qualifications, outlets, handles."""

from __future__ import annotations

import re

from services.languages.registry import words_of_all_languages

_CREDENTIAL = re.compile(
    r"(?:Ph\.?\s?D|M\.?D|M\.?A|M\.?S|M\.?Sc|M\.?Ed|M\.?B\.?A|B\.?A|B\.?Sc|J\.?D|R\.?D|R\.?D\.?N"
    r"|R\.?N|D\.?V\.?M|D\.?O|D\.?D\.?S|E\.?d\.?D|C\.?P\.?A|C\.?F\.?P|C\.?F\.?A|LL\.?[BM]|Esq|MP|MEP"
    r"|Dr|Prof|OBE|MBE|CBE|FRS|[A-Z]{2,6}(?:-[A-Z0-9]{1,4})?(?:\s\d{2,3})?|[A-Z](?:\.[A-Z]){1,4})[.®™]{0,2}"
)
"""An academic degree or another qualification after a name."""
_GENERATION = re.compile(r"(?:Jr|Sr|II|III|IV|jun|sen)\.?", re.IGNORECASE)
_HANDLE = re.compile(r"(?:(?<=\s)|^)(?:[^\s@]{1,60}@[^\s@]{1,80}|@\w{1,40})")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_SHORTEST_WIDE_NAME = 2
_SHORTEST_WORD = 4
"""Characters of an abbreviation with its dot: a longer word ends in the dot of a sentence."""

PARTICLES_IN_PAIRS = frozenset({"von", "zu", "vom", "zum"})
PARTICLES = (
    words_of_all_languages(lambda one: one.names.particles)
    | PARTICLES_IN_PAIRS
    | {"und", "y", "e", "i"}
)
_ROLES = words_of_all_languages(lambda one: one.role_words)
_NOISE = words_of_all_languages(lambda one: one.byline_noise)
_GROUPS = frozenset({"staff", "team", "desk", "bureau", "newsroom", "editors", "editorial"})
_OUTLETS = words_of_all_languages(lambda one: one.outlet_words)
_WIDE_ROLES = tuple(sorted((word for word in _ROLES if _EAST_ASIAN.fullmatch(word)), key=len))[::-1]


def without_handles(text: str) -> str:
    """Remove handles and addresses of mail that stand beside other words."""
    if "@" not in text or " " not in text:
        return text
    return " ".join(_HANDLE.sub(" ", text).split())


def is_generation(text: str) -> bool:
    """Return whether a text is "Jr.", "III" or the like."""
    return _GENERATION.fullmatch(text) is not None


def is_credential(text: str) -> bool:
    """Return whether a text is an academic degree or another qualification."""
    return _CREDENTIAL.fullmatch(text) is not None


def without_roles(name: str) -> str:
    """Return what is left of a name without words for roles; empty if it is no name at all."""
    pieces = [piece for piece in name.split() if piece.lower() not in _ROLES]
    return "" if all(piece.lower() in _NOISE for piece in pieces) else " ".join(pieces)


def is_outlet(name: str) -> bool:
    """Return whether a text ends as the name of an outlet or an agency does."""
    return name.rpartition(" ")[2].lower() in _OUTLETS


def without_rest(name: str) -> str:
    """Remove what follows a whole name in small letters ("Ida Falk in Skarholm")."""
    pieces = name.split()
    for number, piece in enumerate(pieces):
        is_rest = piece[:1].isdigit() or (piece[:1].islower() and piece not in PARTICLES)
        if number > 1 and is_rest:
            return " ".join(pieces[:number])
    return name


def last_first(part: str) -> str | None:
    """Return "First Last" for "Last, First", or None if the part is something else."""
    pieces = [piece.strip() for piece in part.split(",")]
    if len(pieces) == 3 and is_generation(pieces[2]):  # noqa: PLR2004 - "Reyes, Omar, Jr."
        name = last_first(", ".join(pieces[:2]))
        return f"{name} {pieces[2]}" if name else None
    before, _, generation = pieces[0].rpartition(" ")
    if before and is_generation(generation):
        name = last_first(", ".join([before, *pieces[1:]]))
        return f"{name} {generation}" if name else None
    if len(pieces) != 2 or not all(pieces):  # noqa: PLR2004 - last and first
        return None
    last, first = pieces
    if _GENERATION.fullmatch(first) or _CREDENTIAL.fullmatch(first):
        return None
    given = first.split()
    whole = [word for word in given if len(word.strip(".")) > 1]
    family = [word for word in last.split() if word[:1].isupper()]
    initials_only = len(whole) <= 1 and all(word[:1].isupper() for word in given)
    if len(family) == 1 and initials_only and not is_role(first) and len(last.split()) <= 3:  # noqa: PLR2004 - with particles
        return f"{first} {last}"
    return None


def without_credentials(name: str) -> str:
    """Remove qualifications from the end of a name."""
    pieces = name.split()
    if len(pieces) > 3 and is_outlet(name) and _ACRONYM.fullmatch(pieces[-2]):  # noqa: PLR2004 - "Ida Falk BBC News"
        del pieces[-2:]
    while len(pieces) > 2 and _CREDENTIAL.fullmatch(pieces[-1]) and not name.isupper():  # noqa: PLR2004 - two names stay
        if _GENERATION.fullmatch(pieces[-1]):
            break
        pieces.pop()
    if pieces and len(pieces[-1]) > _SHORTEST_WORD and not is_generation(pieces[-1]):
        pieces[-1] = pieces[-1].rstrip(".")
    return " ".join(pieces).strip(" ,:;-\u2013\u2014")


def without_role(name: str) -> str:
    """Remove a role or a label that follows a whole name ("Ida Falk Chief Reporter").

    A name in East Asian characters may be one word, and a role be written together with it.
    """
    pieces = name.split()
    lower = [piece.strip(".'\u2019").lower() for piece in pieces]
    if len(pieces) > 1 and pieces[0] in _WIDE_ROLES:
        return " ".join(pieces[1:])
    is_group = not _GROUPS.isdisjoint(lower) and _ROLES.isdisjoint(lower)
    for number in range(len(pieces)):
        bare = lower[number]
        is_whole = number > 1 or (number == 1 and _EAST_ASIAN.fullmatch(pieces[0]))
        if is_whole and (bare in _ROLES or (bare in _NOISE and not is_group)):
            return " ".join(pieces[:number])
    if len(pieces) == 1 and _EAST_ASIAN.fullmatch(name):
        for role in _WIDE_ROLES:
            rest = name.removeprefix(role).removesuffix(role)
            if rest != name and len(rest) >= _SHORTEST_WIDE_NAME:
                return rest
    return name


def is_role(name: str) -> bool:
    """Return whether a part of a byline says what someone is, or where the newsroom is."""
    lower = [word.strip(".'\u2019").lower() for word in name.split()]
    return any(
        word in _NOISE or word.removesuffix("s") in _ROLES or word in _ROLES for word in lower
    ) or lower[0] in (
        "in",
        "for",
        "at",
        "from",
        "the",
    )
