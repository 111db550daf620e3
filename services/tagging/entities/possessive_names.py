"""Keep the 's of names that end in it: "St. John's", "Quimby's".

A possessive is followed by a noun. A name that never occurs without 's, and after which a verb,
a preposition or a comma follows, has it as its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas.tags import EntityType
from services.tagging.names import fold_name
from services.tagging.places.place_index import PlaceIndex
from services.tagging.span import BY_RULE, EntityMention
from services.tagging.word_lists import GIVEN_NAMES, NAMES_WITH_POSSESSIVE
from services.tagging.word_pattern import starts_word, words_pattern

MIN_OCCURRENCES = 2
"""A name that no list knows keeps its 's if it occurs so often with it."""

_POSSESSIVE = re.compile(r"['’]s\b")
_NO_NOUN_AFTER = re.compile(
    r"['’]s(?:[.,;:!?)\"”]|$| (?:in|on|at|and|or|of|to|for|from|by|said|says|is|was|has|had|were"
    r"|will|would|opened|closed|which|that|plans|faces)\b)"
)


_WRITTEN = [
    " ".join(word[:1].upper() + word[1:] for word in name.split(" "))
    for name in sorted(NAMES_WITH_POSSESSIVE)
    if " " in name
]
_KNOWN = re.compile(
    words_pattern(
        (form for name in _WRITTEN for form in (name, name.replace("'", "’"))),
        whole=False,
        fold=False,
    )
    + r"(?!\w)"
)


_KNOWN_WORD = re.compile(
    words_pattern(
        (
            form
            for name in NAMES_WITH_POSSESSIVE
            if " " not in name and name.endswith("'s") and name[:-2] not in GIVEN_NAMES
            for form in (name.capitalize(), name.capitalize().replace("'", "’"))
        ),
        whole=False,
        fold=False,
    )
    + r"(?!\w)"
)
_VERB_AFTER = re.compile(r" \w{3,}ed\b")
_SAINT = re.compile(
    r"St\.? [A-Z][a-z]+['’]s\b(?= (?!(?:[A-Z]|bones|feast|relics))|[.,;:!?)\"”]|$)", re.MULTILINE
)
"""A church, a hospital or a place, after which no other word of its name follows."""


def find_known_possessives(text: str, places: PlaceIndex) -> Iterator[EntityMention]:
    """Yield the well-known names that end in 's, and those of saints: "Trader Joe's", "St. Luke's".

    A well-known name of one word counts if no noun follows it.
    """
    if "'s" not in text and "’s" not in text:
        return
    for match in _KNOWN.finditer(text):
        name = match.group()
        if starts_word(text, match.start()):
            kind = EntityType.PLACE if name.startswith("St") else EntityType.ORGANISATION
            yield EntityMention(match.start(), match.end(), name, kind, BY_RULE)
    for match in _KNOWN_WORD.finditer(text):
        apostrophe = match.end() - len("'s")
        is_name = _NO_NOUN_AFTER.match(text, apostrophe) or _VERB_AFTER.match(text, match.end())
        if is_name and starts_word(text, match.start()):
            yield EntityMention(*match.span(), match.group(), EntityType.ORGANISATION, BY_RULE)
    for match in _SAINT.finditer(text):
        if starts_word(text, match.start()):
            folded = fold_name(match.group())
            kind = EntityType.PLACE if folded in places else EntityType.ORGANISATION
            yield EntityMention(*match.span(), match.group(), kind, BY_RULE)


def restore_possessive_names(
    text: str, mentions: Sequence[EntityMention], places: PlaceIndex
) -> None:
    """Extend the mentions of names that end in 's over it; the mentions are changed in place."""
    if "'s" not in text and "’s" not in text:
        return
    by_name: dict[str, list[EntityMention]] = {}
    for mention in mentions:
        if mention.entry is None and _POSSESSIVE.match(text, mention.end):
            by_name.setdefault(fold_name(mention.text), []).append(mention)
    for name, same in by_name.items():
        with_s = f"{name}'s"
        stands_alone = any(_NO_NOUN_AFTER.match(text, one.end) for one in same)
        is_known = with_s in NAMES_WITH_POSSESSIVE and (stands_alone or name not in GIVEN_NAMES)
        is_place = with_s in places and stands_alone
        if not (is_known or is_place or _is_always_possessive(text, name, same)):
            continue
        for mention in same:
            mention.end += len("'s")
            mention.text = text[mention.start : mention.end]
            mention.type = EntityType.PLACE if is_place else EntityType.ORGANISATION


def _is_always_possessive(text: str, name: str, same: Sequence[EntityMention]) -> bool:
    is_saint = name.startswith(("st. ", "st ")) and name.count(" ") == 1
    if " " in name and not is_saint:
        return False
    if not any(_NO_NOUN_AFTER.match(text, one.end) for one in same):
        return False
    written = re.findall(rf"\b{re.escape(same[0].text)}['’]s\b", text)
    if len(written) < MIN_OCCURRENCES and not is_saint:
        return False
    bare = re.compile(rf"\b{re.escape(same[0].text)}\b(?!['’]s\b)")
    return bare.search(text) is None
