"""Who says it: the speaker and the verb of each quote, from the words around it.

Looked at in turn: what follows the quote in its sentence ("... ," Falk said), what
precedes it there (Falk said: "..."), the quote before it in the same paragraph, the quote
that goes on over the paragraph's end, the sentence that ends the paragraph before.
A subject is a name, a pronoun or a description; the latter two are resolved to the last
person they can mean (a rule-based attribution after O'Keefe et al., "A Sequence Labelling
Approach to Quote Attribution", EMNLP 2012, whose rules are the base line there).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from schemas.tags import EntityType
from services.tagging.paragraphs import Paragraph
from services.tagging.quote_words import QuoteWords, words_of
from services.tagging.quotes import Quoted, quoted
from services.tagging.span import Hit

LONG_QUOTE_WORDS = 6
"""From so many words on a quoted stretch is speech even where no verb says so."""
SHORT_QUOTE_WORDS = 3
"""From so many words on it is speech where a verb stands in its sentence; a shorter one
only where the verb stands right beside it."""

MAX_REACH = 220
"""How far from the quote a verb of speech is looked for, in characters."""

MAX_SENTENCE = 1_500
"""How far back a sentence is followed, in characters."""

MAX_PEOPLE = 30
"""Among how many people, the last named first, a description finds its own."""

MAX_OFFICE = 60
"""How far from a name its bearer's office is looked for, in characters."""

_SENTENCE_END = re.compile(r"[.!?…](?:[\"”’')\]]*)\s+(?=[\"“‘«'(]?[^\W\d_a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[^\W\d_]|mr|mrs|ms|dr|prof|gen|sen|rep|gov|lt|col|sgt|st|jan|feb|mar|apr|jun|jul"
    r"|aug|sep|sept|oct|nov|dec|no|vs|jr|sr|inc|co|corp|ltd))$",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"[\W_]*")
_SPEAKER_TYPES = frozenset({EntityType.PERSON, EntityType.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Speech:
    """A quote with its speaker, as far as the article tells."""

    start: int
    end: int
    speaker: Hit | None
    description: str
    """How the article calls a speaker that it does not name ("a harbour master"), or empty."""
    cue: str | None


@dataclass(frozen=True, slots=True)
class _Claim:
    speaker: Hit | None
    description: str
    cue: str
    close: bool
    """The verb stands right beside the quote."""


class _Names:
    """Names in order of their start, looked up by place in the text."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self._starts = [hit.start for hit in hits]

    def within(self, start: int, end: int) -> Sequence[Hit]:
        """Return the names that begin within a stretch."""
        return self._hits[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, end: int) -> Iterator[Hit]:
        """Yield the names that begin before a place, the last one first."""
        for at in range(bisect_left(self._starts, end) - 1, -1, -1):
            yield self._hits[at]


class _Reader:
    """The text around quotes, with the names in it."""

    def __init__(
        self, text: str, paragraphs: Sequence[Paragraph], hits: Sequence[Hit], words: QuoteWords
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.words = words
        self.quotes = quoted(list(paragraphs))
        self._quote_starts = [quote.start for quote in self.quotes]
        named = [hit for hit in hits if hit.type in _SPEAKER_TYPES]
        outside = [hit for hit in named if not self._in_quote(hit.start)]
        self._named = _Names(named)
        self._outside = _Names(outside)
        self._people = _Names([hit for hit in outside if hit.type is EntityType.PERSON])

    def _in_quote(self, place: int) -> bool:
        at = bisect_right(self._quote_starts, place) - 1
        return at >= 0 and place < self.quotes[at].end

    def after(self, quote: Quoted) -> _Claim | None:
        """Return what the rest of the quote's sentence says of its speaker."""
        paragraph = self.paragraphs[quote.paragraph]
        limit = paragraph.start + len(paragraph.text)
        following = bisect_right(self._quote_starts, quote.start)
        if following < len(self.quotes):
            limit = min(limit, self._quote_starts[following] - 1)
        start = quote.end + 1
        end = _sentence_end(self.text, start, min(limit, start + MAX_REACH))
        if self.text[quote.end - 1 : quote.end] in (".", "…") and _capital(self.text, start, end):
            # The quote has ended its own sentence; what follows is another one.
            return None
        verb = self.words.verb.search(self.text, start, end)
        if verb is None:
            return self._according(start, end)
        return self._subject(start, verb, end, close=verb.start() - start < MAX_REACH // 2)

    def before(self, quote: Quoted) -> _Claim | None:
        """Return what the quote's sentence says of its speaker before the quote begins."""
        end = quote.start - 1
        floor = max(self.paragraphs[quote.paragraph].start, end - MAX_SENTENCE)
        start = _sentence_start(self.text, floor, end)
        # The verb stands after any earlier quote of the sentence, its subject may not.
        previous = bisect_left(self._quote_starts, quote.start) - 1
        floor = max(start, self.quotes[previous].end + 1) if previous >= 0 else start
        verbs = list(self.words.verb.finditer(self.text, floor, end))
        if not verbs:
            return self._according(floor, end)
        gap = self.text[verbs[-1].end() : end]
        return self._subject(start, verbs[-1], end, close=len(gap.split()) <= 1)

    def _according(self, start: int, end: int) -> _Claim | None:
        cue = self.words.according.search(self.text, start, end)
        if cue is None:
            return None
        hit = self._first(cue.end(), end)
        if hit is not None:
            return _Claim(hit, "", cue.group(), close=True)
        return None

    def _subject(self, start: int, verb: re.Match[str], end: int, *, close: bool) -> _Claim:
        cue = verb.group()
        clause = self.text[start : verb.start()]
        hit = self._last(start, verb.start())
        pronoun = list(self.words.pronoun.finditer(self.text, start, verb.start()))
        if pronoun and (hit is None or pronoun[-1].start() > hit.start):
            return _Claim(self.antecedent(start), "", cue, close)
        described = self.words.description.search(clause.rstrip())
        gap = hit is not None and self.text[hit.end : verb.start()].strip()
        # A person named before is the subject of "..., but stated", not what is described.
        if described and (hit is None or (hit.type is not EntityType.PERSON and gap)):
            return self._described(described.group(), start, cue, close=close)
        if hit is not None:
            return _Claim(hit, "", cue, close)
        inverted = self._first(verb.end(), min(end, verb.end() + 80))
        if inverted is not None:
            return _Claim(inverted, "", cue, close)
        pronoun_after = self.words.pronoun.match(self.text, verb.end() + 1, end)
        if pronoun_after:
            return _Claim(self.antecedent(start), "", cue, close)
        return _Claim(None, "", cue, close)

    def _described(self, phrase: str, before: int, cue: str, *, close: bool) -> _Claim:
        """Resolve "the harbour master" to the person whom the article gives that office."""
        wanted = _bare(phrase).split()[1:]
        people = list(islice(self._people.before(before), MAX_PEOPLE))
        for hit in people or self._people.within(before, before + MAX_SENTENCE):
            office = self._office(hit).split()
            if wanted and all(word in office for word in wanted[-2:]):
                return _Claim(hit, "", cue, close)
        return _Claim(None, phrase, cue, close)

    def _office(self, hit: Hit) -> str:
        """Return what stands beside a name: "Mayor Ida Falk", "Ida Falk, the mayor of"."""
        floor = max(0, hit.start - MAX_OFFICE)
        others = self._people.within(floor, hit.start)
        if others:
            floor = others[-1].end
        start = _sentence_start(self.text, floor, hit.start)
        after = self.text[hit.end : hit.end + MAX_OFFICE].partition(".")[0]
        return _bare(self.text[start : hit.start] + (after if after.startswith(",") else ""))

    def antecedent(self, before: int) -> Hit | None:
        """Return the last person named outside of quotes before a place in the text."""
        people = self._people.before(before)
        return next((hit for hit in people if not _owner(self.text, hit)), None)

    def _last(self, start: int, end: int) -> Hit | None:
        """Return the subject before a verb: the last person, else the last organisation."""
        inside = [hit for hit in self._outside.within(start, end) if hit.end <= end]
        people = [
            hit for hit in inside if hit.type is EntityType.PERSON and not _owner(self.text, hit)
        ]
        found = people or inside
        return found[-1] if found else None

    def _first(self, start: int, end: int) -> Hit | None:
        """Return the first person in a stretch, else its first organisation."""
        inside = self._named.within(start, end)
        people = [hit for hit in inside if hit.type is EntityType.PERSON]
        return next(iter(people or inside), None)


def speeches(
    text: str, paragraphs: Sequence[Paragraph], hits: Sequence[Hit], language: str
) -> list[Speech]:
    """Return the quotes of an article's body in order, each with its speaker where known.

    `hits` are the article's names in order; `paragraphs` are those of the body. Scare
    quotes, titles of works and other short stretches that nobody says are left out.
    """
    reader = _Reader(text, paragraphs, hits, words_of(language))
    found: list[Speech] = []
    last: Speech | None = None
    last_quote: Quoted | None = None
    for quote in reader.quotes:
        claim = reader.after(quote)
        if claim is None or (claim.speaker is None and not claim.description):
            claim = reader.before(quote) or claim
        inherited = None
        if claim is None and last is not None and last_quote is not None:
            same = quote.paragraph == last_quote.paragraph
            goes_on = last_quote.continued and quote.paragraph == last_quote.paragraph + 1
            inherited = last if same or goes_on else None
        if not _is_speech(text, quote, claim, inherited):
            continue
        if inherited is not None:
            speech = Speech(
                quote.start, quote.end, inherited.speaker, inherited.description, inherited.cue
            )
        elif claim is not None:
            speech = Speech(quote.start, quote.end, claim.speaker, claim.description, claim.cue)
        else:
            speech = Speech(quote.start, quote.end, _carried(reader, quote), "", None)
        found.append(speech)
        last, last_quote = speech, quote
    return _from_behind(found, reader)


def _from_behind(found: list[Speech], reader: _Reader) -> list[Speech]:
    """Give the first parts of a quote over paragraphs the speaker that its last part names."""
    by_start = {quote.start: quote for quote in reader.quotes}
    for at in range(len(found) - 2, -1, -1):
        one, following = found[at], found[at + 1]
        if one.cue is None and by_start[one.start].continued and following.cue is not None:
            found[at] = Speech(
                one.start, one.end, following.speaker, following.description, following.cue
            )
    return found


def _carried(reader: _Reader, quote: Quoted) -> Hit | None:
    """Return the speaker of a quote that is a paragraph by itself: who spoke right before."""
    if quote.paragraph == 0:
        return None
    paragraph = reader.paragraphs[quote.paragraph]
    if reader.text[paragraph.start : quote.start].strip(" \"“‘'«"):
        return None
    previous = reader.paragraphs[quote.paragraph - 1]
    end = previous.start + len(previous.text)
    if not reader.words.verb.search(reader.text, previous.start, end):
        return None
    return reader.antecedent(quote.start)


def _is_speech(text: str, quote: Quoted, claim: _Claim | None, inherited: Speech | None) -> bool:
    words = text[quote.start : quote.end].split()
    if quote.continued:
        return True
    if claim is None and inherited is None:
        return len(words) >= LONG_QUOTE_WORDS and not _title_case(words)
    if len(words) >= SHORT_QUOTE_WORDS:
        return True
    ended = text[quote.end - 1] in ",.!?…" or text[quote.end + 1 : quote.end + 2] == ","
    return claim is not None and claim.close and ended


def _title_case(words: list[str]) -> bool:
    """Say whether all longer words begin with a capital, as in the title of a work."""
    return all(word[:1].isupper() for word in words if len(word) > 3)  # noqa: PLR2004 - "of", "the"


def _sentence_end(text: str, start: int, limit: int) -> int:
    for match in _SENTENCE_END.finditer(text, start, limit):
        if not _abbreviated(text, start, match.start()):
            return match.start() + 1
    return limit


def _sentence_start(text: str, floor: int, end: int) -> int:
    start = floor
    for match in _SENTENCE_END.finditer(text, floor, end + 1):
        if match.end() <= end and not _abbreviated(text, floor, match.start()):
            start = match.end()
    return start


def _abbreviated(text: str, floor: int, dot: int) -> bool:
    # A bounded look back: the longest abbreviation has four letters.
    return _ABBREVIATION.search(text, max(floor, dot - 6), dot) is not None


def _capital(text: str, start: int, end: int) -> bool:
    at = _LOOSE.match(text, start, end)
    first = text[at.end() : at.end() + 1] if at else ""
    return first.isupper()


def _owner(text: str, hit: Hit) -> bool:
    return text[hit.end : hit.end + 2] in ("'s", "’s")


def _bare(phrase: str) -> str:
    return re.sub(r"[\W_]+", " ", phrase.lower())
