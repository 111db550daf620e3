"""Clean up a model's spans: split names that run together, trim the bounds, drop junk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemas.tags import EntityType
from services.languages.en.names import HONORIFICS, NO_NAMES, PARTICLES
from services.tagging.names import trim
from services.tagging.span import Hit, Span

MAX_NAME_CHARS = 150
"""A longer "name" is a model's mistake on broken text."""

_LETTER = re.compile(r"[^\W\d_]")
_NAMED = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE})
_CASED = _NAMED | {EntityType.GROUP}

_BREAK = re.compile(
    r"\s+[-–—|•]+\s+|[:;()\[\]{}<>\n\t]+|\s+(?:v|vs|V|VS)\.?\s+|\s+\d[\d.,:/-]*(?=\s|$)"
)
"""Where one name ends and another may begin: a dash between spaces, a bracket, a colon, "v"
between two sides, a number by itself."""

_PERSON_BREAK = re.compile(r",\s+(?!(?:Jr|Sr)\b)|\s+and\s+|\s*/\s*")
"""Separates two people, but belongs to the name of a firm."""

_PLACE_BREAK = re.compile(r",\s+(?!D\.?C\b)")
"""Separates a town from its country."""

_OWN_BREAKS = {EntityType.PERSON: _PERSON_BREAK, EntityType.PLACE: _PLACE_BREAK}

_INITIAL = re.compile(r"(?<!\w)(?:[^\W\d_a-z]\.[ -]?){1,3}$")
_DANGLING = re.compile(r"(?: of| for| and)?(?: the)?((?: [^\W\d_a-z][\w'’-]*)+)")
_LEGAL_FORM = re.compile(
    r",? (?:Inc|Corp|Co|Ltd|LLC|PLC|Plc|plc|AG|SA|GmbH|NV|SpA|AB|Oyj|Limited|Group|Holdings)\b\.?"
)
_DESK = re.compile(r" [-–—] ")
_LINKS = (" of", " for", " of the", " for the")


def clean_spans(text: str, shift: int, spans: Iterable[Span], by: str) -> Iterator[Hit]:
    """Yield hits of `text` for a model's spans, whose offsets count from `shift`."""
    for span in spans:
        start, end = shift + span.start, shift + span.end
        if span.type not in _CASED:
            yield from _hit(text, start, end, span, by)
            continue
        for first, last in _pieces(text, start, end, span.type):
            yield from _hit(text, first, last, span, by)


def _pieces(text: str, start: int, end: int, kind: EntityType) -> Iterator[tuple[int, int]]:
    breaks = [match.span() for match in _BREAK.finditer(text, start, end)]
    own = _OWN_BREAKS.get(kind)
    if own is not None:
        breaks += [match.span() for match in own.finditer(text, start, end)]
        breaks.sort()
    for first, last in breaks:
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def _hit(text: str, start: int, end: int, span: Span, by: str) -> Iterator[Hit]:
    start, end = trim(text, start, end)
    if span.type in _NAMED:
        start, end = _capital_ends(text, start, end, span.type)
        start, end = trim(text, start, end)
    if span.type is EntityType.PERSON:
        start = _with_initials(text, _after_honorifics(text, start, end))
    name = text[start:end]
    if is_name(name, span.type) and not _is_desk(text, start, end):
        norm = span.norm if end - start == span.end - span.start else ""
        yield Hit(start, end, name, span.type, by, norm)


def is_name(name: str, kind: EntityType) -> bool:
    """Return whether a string can be a name of that type at all."""
    if not 1 < len(name) <= MAX_NAME_CHARS or not _LETTER.search(name):
        return False
    low = name.lower()
    if low.strip(".") in NO_NAMES and not (len(name) <= 4 and name.isupper()):  # noqa: PLR2004 - US
        return False
    # A script without capitals (Arabic, Chinese) says nothing by them.
    return kind not in _CASED or name != low or name == name.upper()


def _is_desk(text: str, start: int, end: int) -> bool:
    """Return whether a name is the first word of a headline before a dash: "SOCCER - ..."."""
    if (start and text[start - 1] != "\n") or not _DESK.match(text, end):
        return False
    return text[start:end].isupper() and text[end : end + 40].partition("\n")[0].isupper()


def _capital_ends(text: str, start: int, end: int, kind: EntityType) -> tuple[int, int]:
    """Drop common words from the ends of a name: "south", "airport" in lower case.

    A name that a model cut off after "of" is completed with the capitalised words that follow.
    Names without any capital are left alone.
    """
    name = text[start:end]
    if name == name.lower():
        return start, end
    if kind is EntityType.ORGANISATION and name.endswith(_LINKS):
        rest = _DANGLING.match(text, end)
        if rest:
            return start, rest.end()
    if kind is EntityType.ORGANISATION:
        form = _LEGAL_FORM.match(text, end)
        if form:
            end = form.end()
            name = text[start:end]
    words = name.split(" ")
    while words and _common(words[-1]):
        end -= len(words.pop()) + 1
    while words and _common(words[0]):
        start += len(words.pop(0)) + 1
    return start, end


def _common(word: str) -> bool:
    if not word[:1].islower():
        return False
    head = re.split(r"[-'’]", word, maxsplit=1)[0]
    # "al-Masri", "d'Estaing", "iPhone": a capital inside, or a particle before a name.
    return head not in PARTICLES and not any(letter.isupper() for letter in word)


def _with_initials(text: str, start: int) -> int:
    initials = _INITIAL.search(text, max(0, start - 12), start)
    return initials.start() if initials else start


def _after_honorifics(text: str, start: int, end: int) -> int:
    while True:
        word, blank, _ = text[start:end].partition(" ")
        if not blank or word.lower().rstrip(".") not in HONORIFICS:
            return start
        start += len(word) + 1
