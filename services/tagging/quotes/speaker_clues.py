"""What the words around a quotation say of its speaker: a name, a pronoun, a description.

The subject is searched before the verb of speech and then after it. A pronoun refers to the last
person named outside quotations, a description ("the harbour master") to the person to whom the
article gives that office.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from schemas.tags import EntityType
from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.quotation_patterns import QuoteWords
from services.tagging.quotes.quotations import Quotation, find_quotations
from services.tagging.quotes.sentence_bounds import (
    begins_with_capital,
    sentence_end,
    sentence_start,
)
from services.tagging.span import Hit

MAX_REACH = 220
"""How far from the quotation a verb of speech is searched, in characters."""

MAX_SENTENCE = 1_500
"""How far back a sentence is followed, in characters."""

MAX_PEOPLE = 30
"""Among how many people, the last named first, the one described is searched."""

MAX_OFFICE = 60
"""How far from a name the person's office is searched, in characters."""

_NO_SPEECH = frozenset("not never to can cannot could would may might n't n’t".split())
_SPEAKER_TYPES = frozenset({EntityType.PERSON, EntityType.ORGANISATION})


@dataclass(frozen=True, slots=True)
class SpeakerClue:
    """What the words beside a quotation say of its speaker."""

    speaker: Hit | None
    description: str
    cue: str
    close: bool
    """The verb stands right beside the quotation."""
    pronoun: bool = False
    """The speaker was resolved from a pronoun."""


class Names:
    """Names in the order of their start, looked up by offset."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self._starts = [hit.start for hit in hits]

    def within(self, start: int, end: int) -> Sequence[Hit]:
        """Return the names that begin within a range."""
        return self._hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, end: int) -> Iterator[Hit]:
        """Yield the names that begin before an offset, the last one first."""
        for at in range(bisect_left(self._starts, end) - 1, -1, -1):
            yield self._hits[at]


class QuoteContext:
    """The text around the quotations, with the names in it."""

    def __init__(
        self, text: str, paragraphs: Sequence[Paragraph], hits: Sequence[Hit], words: QuoteWords
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.words = words
        self.quotes = find_quotations(list(paragraphs))
        self._quote_starts = [quote.start for quote in self.quotes]
        named = [hit for hit in hits if hit.type in _SPEAKER_TYPES]
        outside = [hit for hit in named if not self._in_quote(hit.start)]
        self._named = Names(named)
        self._outside = Names(outside)
        self._people = Names([hit for hit in outside if hit.type is EntityType.PERSON])

    def _in_quote(self, place: int) -> bool:
        at = bisect_right(self._quote_starts, place) - 1
        return at >= 0 and place < self.quotes[at].end

    def after(self, quote: Quotation) -> SpeakerClue | None:
        """Return what the rest of the quotation's sentence says of its speaker, or None."""
        paragraph = self.paragraphs[quote.paragraph]
        limit = paragraph.start + len(paragraph.text)
        following = bisect_right(self._quote_starts, quote.start)
        if following < len(self.quotes):
            limit = min(limit, self._quote_starts[following] - 1)
        start = quote.end + 1
        end = sentence_end(self.text, start, min(limit, start + MAX_REACH))
        if self.text[quote.end - 1 : quote.end] in (".", "…") and begins_with_capital(
            self.text, start, end
        ):
            # The quote has ended its own sentence; what follows is another one.
            return None
        verb = self.words.verb.search(self.text, start, end)
        if verb is None or self._denied(verb):
            return self._according(start, end)
        return self._subject(start, verb, end, close=verb.start() - start < MAX_REACH // 2)

    def before(self, quote: Quotation) -> SpeakerClue | None:
        """Return what the sentence says of the speaker before the quotation begins, or None."""
        end = quote.start - 1
        floor = max(self.paragraphs[quote.paragraph].start, end - MAX_SENTENCE)
        start = sentence_start(self.text, floor, end)
        # The verb stands after any earlier quote of the sentence, its subject may not.
        previous = bisect_left(self._quote_starts, quote.start) - 1
        floor = max(start, self.quotes[previous].end + 1) if previous >= 0 else start
        verbs = [
            verb
            for verb in self.words.verb.finditer(self.text, floor, end)
            if not self._denied(verb)
        ]
        if not verbs:
            return self._according(floor, end)
        gap = self.text[verbs[-1].end() : end]
        return self._subject(start, verbs[-1], end, close=len(gap.split()) <= 1)

    def _denied(self, verb: re.Match[str]) -> bool:
        """Return whether a verb means no speech: "did not say", "to say", "can say"."""
        before = self.text[max(0, verb.start() - 12) : verb.start()].split()
        return bool(before) and before[-1].lower() in _NO_SPEECH

    def _according(self, start: int, end: int) -> SpeakerClue | None:
        cue = self.words.according.search(self.text, start, end)
        if cue is None:
            return None
        hit = self._first(cue.end(), end)
        if hit is not None:
            return SpeakerClue(hit, "", cue.group(), close=True)
        return None

    def _subject(self, start: int, verb: re.Match[str], end: int, *, close: bool) -> SpeakerClue:
        cue = verb.group()
        clause = self.text[start : verb.start()]
        hit = self._last(start, verb.start())
        pronoun = list(self.words.pronoun.finditer(self.text, start, verb.start()))
        if pronoun and (hit is None or pronoun[-1].start() > hit.start):
            return SpeakerClue(self.antecedent(start), "", cue, close, pronoun=True)
        described = self.words.description.search(clause.rstrip())
        gap = hit is not None and self.text[hit.end : verb.start()].strip()
        # A person named before is the subject of "..., but stated", not what is described.
        if described and (hit is None or (hit.type is not EntityType.PERSON and gap)):
            return self._described(described.group(), start, cue, close=close)
        if hit is not None:
            return SpeakerClue(hit, "", cue, close)
        inverted = self._first(verb.end(), min(end, verb.end() + 80))
        if inverted is not None:
            return SpeakerClue(inverted, "", cue, close)
        pronoun_after = self.words.pronoun.match(self.text, verb.end() + 1, end)
        if pronoun_after:
            return SpeakerClue(self.antecedent(start), "", cue, close, pronoun=True)
        return SpeakerClue(None, "", cue, close)

    def _described(self, phrase: str, before: int, cue: str, *, close: bool) -> SpeakerClue:
        """Resolve "the harbour master" to the person to whom the article gives that office."""
        wanted = _bare(phrase).split()[1:]
        people = list(islice(self._people.before(before), MAX_PEOPLE))
        for hit in people or self._people.within(before, before + MAX_SENTENCE):
            office = self._office(hit).split()
            if wanted and all(word in office for word in wanted[-2:]):
                return SpeakerClue(hit, "", cue, close)
        return SpeakerClue(None, phrase, cue, close)

    def _office(self, hit: Hit) -> str:
        """Return what stands beside a name: "Mayor Ida Falk", "Ida Falk, the mayor of"."""
        floor = max(0, hit.start - MAX_OFFICE)
        others = self._people.within(floor, hit.start)
        if others:
            floor = others[-1].end
        start = sentence_start(self.text, floor, hit.start)
        after = self.text[hit.end : hit.end + MAX_OFFICE].partition(".")[0]
        return _bare(self.text[start : hit.start] + (after if after.startswith(",") else ""))

    def antecedent(self, before: int) -> Hit | None:
        """Return the last person named outside quotations before an offset, or None."""
        people = self._people.before(before)
        return next((hit for hit in people if not _owner(self.text, hit)), None)

    def _last(self, start: int, end: int) -> Hit | None:
        """Return the subject before a verb: the last person, else the last organisation."""
        inside = [hit for hit in self._outside.within(start, end) if hit.end <= end]
        people = [
            hit for hit in inside if hit.type is EntityType.PERSON and not _owner(self.text, hit)
        ]
        found = people or inside
        if found and self.text[start:end].rstrip().endswith(","):
            # "Falk, a friend of Berg, said": the subject stands before the apposition.
            return next((hit for hit in reversed(found) if self._apposed(hit, end)), found[0])
        return found[-1] if found else None

    def _apposed(self, hit: Hit, end: int) -> bool:
        """Return whether a comma and more words stand between a name and the verb."""
        return self.text.startswith(",", hit.end) and self.text[hit.end : end].strip(" ,") != ""

    def _first(self, start: int, end: int) -> Hit | None:
        """Return the first person in a range, else its first organisation."""
        inside = self._named.within(start, end)
        people = [hit for hit in inside if hit.type is EntityType.PERSON]
        return next(iter(people or inside), None)


def _owner(text: str, hit: Hit) -> bool:
    return text[hit.end : hit.end + 2] in ("'s", "’s")


def _bare(phrase: str) -> str:
    return re.sub(r"[\W_]+", " ", phrase.lower())
