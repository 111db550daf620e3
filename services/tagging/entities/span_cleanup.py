"""Clean up the spans of a model: split joined names, trim bounds, drop what is not a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.tags import EntityType
from services.tagging.document import Document
from services.tagging.entities.titles import is_address, skip_titles
from services.tagging.names import trim_name
from services.tagging.span import EntityMention, Span
from services.tagging.word_lists import (
    BYLINE_WORDS,
    COMMON_NOUNS,
    GIVEN_NAMES,
    LEGAL_FORMS,
    NEVER_NAMES,
    PAGE_LABELS,
    PARTICLES,
    SPEECH_VERBS,
    WRITTEN_LEGAL_FORMS,
)

MAX_NAME_CHARS = 150
"""A longer "name" is an error of the model on broken text."""

MAX_CAPITAL_WORD_CHARS = 4
"""Up to this length a word in capitals may be a name although the same word in lower case is
not: "US", "IT"."""

INITIALS_REACH = 12
"""How far before a surname its initials are looked for, in characters."""

_TIME_ZONES = frozenset({"utc", "gmt", "cet", "cest", "bst", "est", "edt", "pst", "pdt"})

_LETTER = re.compile(r"[^\W\d_]")
_NAMED_TYPES = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE})
_CASED_TYPES = _NAMED_TYPES | {EntityType.GROUP}

_BREAK = re.compile(
    r"\s+[-–—|•]+\s+|[:;()\[\]{}<>\n\t]+|\s+(?:v|vs|V|VS)\.?\s+|\s+\d[\d.,:/-]*(?=\s|$)"
)
"""Where one name ends and another may begin: a dash between blanks, a bracket, a colon, "v"
between two teams, a number by itself."""

_PERSON_BREAK = re.compile(r",\s+(?!(?:Jr|Sr)\b)|\s+and\s+|\s*/\s*")
"""What separates two people, although it may be part of a company's name."""

_PLACE_BREAK = re.compile(r",\s+(?!D\.?C\b)")
"""What separates a town from its country."""

_TYPE_BREAKS = {EntityType.PERSON: _PERSON_BREAK, EntityType.PLACE: _PLACE_BREAK}

_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_a-z]\.[ -]?){1,3}$")
_CONTINUATION = re.compile(r"(?: of| for| and)?(?: the)?((?: [^\W\d_a-z][\w'’-]*)+)")
_LEGAL_FORM = re.compile(
    rf"(?:,? (?:{'|'.join(map(re.escape, WRITTEN_LEGAL_FORMS))})(?!\w)\.?){{1,2}}"
)
_BEFORE_SPEECH = re.compile(r":|, [\"“‘«]")
_HANDLE = re.compile(r"[@#]|://|\bwww\.")
_DASH = re.compile(r" [-–—] ")
_INCOMPLETE_ENDINGS = (" of", " for", " of the", " for the")


def clean_spans(
    document: Document, shift: int, spans: Iterable[Span], by: str
) -> Iterator[EntityMention]:
    """Yield mentions in a document for a model's spans, whose offsets count from `shift`.

    The bounds are decided on the text in mixed case; where that differs, a mention has it as
    its normal form.
    """
    language = document.article.language.partition("-")[0]
    for span in spans:
        start, end = shift + span.start, shift + span.end
        pieces = (
            _split_names(document.cased_text, start, end, span.type)
            if span.type in _CASED_TYPES
            else [(start, end)]
        )
        for piece_start, piece_end in pieces:
            mention = _clean_mention(document, piece_start, piece_end, span, language)
            if mention is not None:
                mention.by = by
                yield mention


def _split_names(text: str, start: int, end: int, kind: EntityType) -> Iterator[tuple[int, int]]:
    breaks = [match.span() for match in _BREAK.finditer(text, start, end)]
    type_break = _TYPE_BREAKS.get(kind)
    if type_break is not None:
        breaks += [match.span() for match in type_break.finditer(text, start, end)]
        breaks.sort()
    for break_start, break_end in breaks:
        if break_start > start:
            yield start, break_start
        start = max(start, break_end)
    if start < end:
        yield start, end


def _clean_mention(
    document: Document, start: int, end: int, span: Span, language: str
) -> EntityMention | None:
    cased, kind = document.cased_text, span.type
    start, end = trim_name(cased, start, end)
    if kind in _NAMED_TYPES:
        start, end = _trim_common_words(cased, start, end, kind)
        start, end = trim_name(cased, start, end)
    after_byline = _skip_byline_word(cased, start, end)
    if after_byline > start:
        start, kind = after_byline, EntityType.PERSON
    if kind in _NAMED_TYPES:
        start = _skip_verb(cased, start, end)
    start, kind = _without_titles(cased, start, end, kind, language)
    name = cased[start:end]
    if _is_handle(cased, start, end) or not can_be_name(name, kind):
        return None
    if _is_headline_category(document.text, start, end):
        return None
    if name.islower() and name != document.text[start:end]:
        return None
    normal_form = span.normal_form if end - start == span.end - span.start else ""
    text = document.text[start:end]
    if not normal_form and name != text:
        normal_form = name
    return EntityMention(start, end, text, kind, "", normal_form)


def _without_titles(
    cased: str, start: int, end: int, kind: EntityType, language: str
) -> tuple[int, EntityType]:
    """Return the start of a name after its titles, and its type: they may show a person."""
    untitled = skip_titles(cased, start, end, language)
    if kind is EntityType.PERSON:
        return _include_initials(cased, untitled), kind
    if untitled == start:
        return start, kind
    first, _, surname = cased[untitled:end].partition(" ")
    is_full_name = first.lower() in GIVEN_NAMES and surname != "" and " " not in surname
    if is_full_name or is_address(cased[start:end], language):
        # "Mrs May": whatever a model says, a form of address is before a person's name.
        return untitled, EntityType.PERSON
    return start, kind


def _is_handle(text: str, start: int, end: int) -> bool:
    """Return whether a name is part of a handle, a hashtag or an address: "@quaynews"."""
    if text[start:end] == "RT" and text.startswith(" @", end):
        return True
    return text[start - 1 : start] in ("@", "#") or _HANDLE.search(text, start, end) is not None


def _skip_byline_word(text: str, start: int, end: int) -> int:
    """Return the start of a name after the word that opens a byline: "By Ida Falk"."""
    word, blank, _ = text[start:end].partition(" ")
    return start + len(word) + 1 if blank and word.lower() in BYLINE_WORDS else start


def _skip_verb(text: str, start: int, end: int) -> int:
    """Return the start of a name after a verb that opens its sentence: "Said Ida Falk:".

    "Said" is a given name as well; before a colon, or a comma and a quotation mark, it is a verb.
    """
    word, blank, rest = text[start:end].partition(" ")
    opens = start == 0 or text[max(0, start - 2) : start].strip() in ("", ".", "”", '"')
    if blank and opens and " " in rest and _BEFORE_SPEECH.match(text, end):
        return start + len(word) + 1 if word.lower() in SPEECH_VERBS else start
    return start


def can_be_name(name: str, kind: EntityType) -> bool:
    """Return whether a string can be a name of that type at all."""
    if not 1 < len(name) <= MAX_NAME_CHARS or not _LETTER.search(name):
        return False
    lower = name.lower()
    short_capitals = len(name) <= MAX_CAPITAL_WORD_CHARS and name.isupper()
    if lower.strip(".") in NEVER_NAMES and not short_capitals:
        return False
    if lower in COMMON_NOUNS or lower in _TIME_ZONES:
        return False
    if name in WRITTEN_LEGAL_FORMS or all(word in PAGE_LABELS for word in lower.split()):
        return False
    # In a script without capitals (Arabic, Chinese) upper and lower case are the same.
    return kind not in _CASED_TYPES or name != lower or name == name.upper()


def _is_headline_category(text: str, start: int, end: int) -> bool:
    """Return whether a name opens a headline in capitals, before a dash: "SOCCER - ..."."""
    if (start and text[start - 1] != "\n") or not _DASH.match(text, end):
        return False
    return text[start:end].isupper() and text[end : end + 40].partition("\n")[0].isupper()


def _trim_common_words(text: str, start: int, end: int, kind: EntityType) -> tuple[int, int]:
    """Cut words in lower case from both ends of a name: "south", "airport".

    An organisation's name that a model cut off after "of" is completed with the capitalised
    words that follow, and a legal form after it is included. A name without any capital is
    not changed.
    """
    name = text[start:end]
    if name == name.lower():
        return start, end
    if kind is EntityType.ORGANISATION and name.endswith(_INCOMPLETE_ENDINGS):
        continuation = _CONTINUATION.match(text, end)
        if continuation:
            return start, continuation.end()
    legal_form = _LEGAL_FORM.match(text, end)
    if legal_form:
        return start, legal_form.end()
    words = name.split(" ")
    while words and _is_common_word(words[-1]) and words[-1].rstrip(".") not in LEGAL_FORMS:
        end -= len(words.pop()) + 1
    while words and (
        _is_common_word(words[0]) or (kind is EntityType.PLACE and words[0] in PARTICLES)
    ):
        start += len(words.pop(0)) + 1
    return start, end


def _is_common_word(word: str) -> bool:
    if not word[:1].islower():
        return False
    head = re.split(r"[-'’]", word, maxsplit=1)[0]
    # "al-Masri", "d'Estaing", "iPhone": a capital inside the word, or a particle of a name.
    return head not in PARTICLES and not any(letter.isupper() for letter in word)


def _include_initials(text: str, start: int) -> int:
    initials = _INITIALS.search(text, max(0, start - INITIALS_REACH), start)
    return initials.start() if initials else start
