"""Find clues to the speaker in the words around a quotation: a name, a pronoun, a description.

The subject of the verb of speech is looked for before the verb and then after it. A pronoun
means the last person named outside of quotations; a description ("the harbour master") means
the person to whom the article gives that office.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from schemas.tags import EntityType
from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.mention_index import MentionIndex
from services.tagging.quotes.quotation_patterns import QuotationPatterns
from services.tagging.quotes.quotations import Quotation, find_quotations
from services.tagging.quotes.sentence_bounds import (
    begins_with_capital,
    sentence_end,
    sentence_start,
)
from services.tagging.span import EntityMention
from services.tagging.word_lists import SPEECH_NEGATIONS

VERB_REACH = 220
"""How far after a quotation a verb of speech is looked for, in characters."""

SUBJECT_REACH = 80
"""How far after a verb of speech its subject is looked for, in characters."""

NEGATION_REACH = 12
"""How far before a verb a negation is looked for, in characters."""

MAX_SENTENCE_CHARS = 1_500
"""How far back the start of a sentence is looked for, in characters."""

MAX_DESCRIBED_PEOPLE = 30
"""Number of people, the last named first, among whom a described person is looked for."""

OFFICE_REACH = 60
"""How far from a name the person's office is looked for, in characters."""

OFFICE_WORDS = 2
"""Last words of a description that must be in the person's office."""

_SPEAKER_TYPES = frozenset({EntityType.PERSON, EntityType.ORGANISATION})


@dataclass(frozen=True, slots=True)
class SpeakerClue:
    """What the words beside a quotation say about its speaker."""

    speaker: EntityMention | None
    description: str
    """How the text describes a speaker whom it does not name, or empty."""
    cue: str
    """The verb of speech, or the phrase that attributes the quotation."""
    close: bool
    """Whether the cue is right beside the quotation."""
    from_pronoun: bool = False
    """Whether the speaker was resolved from a pronoun."""


class QuotationContext:
    """A text with its quotations and the mentions in it; finds the clues to the speakers."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        mentions: Sequence[EntityMention],
        patterns: QuotationPatterns,
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.patterns = patterns
        self.quotations = find_quotations(list(paragraphs))
        self._quotation_starts = [quotation.start for quotation in self.quotations]
        possible = [mention for mention in mentions if mention.type in _SPEAKER_TYPES]
        unquoted = [mention for mention in possible if not self._is_quoted(mention.start)]
        self._possible = MentionIndex(possible)
        self._unquoted = MentionIndex(unquoted)
        self._people = MentionIndex([one for one in unquoted if one.type is EntityType.PERSON])

    def _is_quoted(self, offset: int) -> bool:
        position = bisect_right(self._quotation_starts, offset) - 1
        return position >= 0 and offset < self.quotations[position].end

    def clue_after(self, quotation: Quotation) -> SpeakerClue | None:
        """Return the clue in the rest of the quotation's sentence, or None."""
        paragraph = self.paragraphs[quotation.paragraph]
        limit = paragraph.start + len(paragraph.text)
        following = bisect_right(self._quotation_starts, quotation.start)
        if following < len(self.quotations):
            limit = min(limit, self._quotation_starts[following] - 1)
        start = quotation.end + 1
        end = sentence_end(self.text, start, min(limit, start + VERB_REACH))
        if self.text[quotation.end - 1 : quotation.end] in (".", "…") and begins_with_capital(
            self.text, start, end
        ):
            # The quotation ends its own sentence; another sentence follows.
            return None
        verb = self.patterns.verb.search(self.text, start, end)
        if verb is None or self._is_negated(verb):
            return self._attribution_clue(start, end)
        return self._verb_clue(start, verb, end, close=verb.start() - start < VERB_REACH // 2)

    def clue_before(self, quotation: Quotation) -> SpeakerClue | None:
        """Return the clue in the quotation's sentence before the quotation begins, or None."""
        end = quotation.start - 1
        floor = max(self.paragraphs[quotation.paragraph].start, end - MAX_SENTENCE_CHARS)
        start = sentence_start(self.text, floor, end)
        # The verb is after any earlier quotation of the sentence; its subject may be before.
        previous = bisect_left(self._quotation_starts, quotation.start) - 1
        floor = max(start, self.quotations[previous].end + 1) if previous >= 0 else start
        verbs = [
            verb
            for verb in self.patterns.verb.finditer(self.text, floor, end)
            if not self._is_negated(verb)
        ]
        if not verbs:
            return self._attribution_clue(floor, end)
        gap = self.text[verbs[-1].end() : end]
        return self._verb_clue(start, verbs[-1], end, close=len(gap.split()) <= 1)

    def _is_negated(self, verb: re.Match[str]) -> bool:
        """Return whether nothing was said: "did not say", "to say", "can say"."""
        before = self.text[max(0, verb.start() - NEGATION_REACH) : verb.start()].split()
        return bool(before) and before[-1].lower() in SPEECH_NEGATIONS

    def _attribution_clue(self, start: int, end: int) -> SpeakerClue | None:
        cue = self.patterns.attribution.search(self.text, start, end)
        if cue is None:
            return None
        speaker = self._first_speaker(cue.end(), end)
        if speaker is not None:
            return SpeakerClue(speaker, "", cue.group(), close=True)
        return None

    def _verb_clue(self, start: int, verb: re.Match[str], end: int, *, close: bool) -> SpeakerClue:
        """Return the clue of a verb whose clause is within `start` and `end`."""
        cue = verb.group()
        clause = self.text[start : verb.start()]
        subject = self._subject_before(start, verb.start())
        pronouns = list(self.patterns.pronoun.finditer(self.text, start, verb.start()))
        if pronouns and (subject is None or pronouns[-1].start() > subject.start):
            return SpeakerClue(self.antecedent(start), "", cue, close, from_pronoun=True)
        description = self.patterns.description.search(clause.rstrip())
        gap = subject is not None and self.text[subject.end : verb.start()].strip()
        # A person named before is the subject of "..., but stated", not the described one.
        if description and (subject is None or (subject.type is not EntityType.PERSON and gap)):
            return self._described_clue(description.group(), start, cue, close=close)
        if subject is not None:
            return SpeakerClue(subject, "", cue, close)
        inverted = self._first_speaker(verb.end(), min(end, verb.end() + SUBJECT_REACH))
        if inverted is not None:
            return SpeakerClue(inverted, "", cue, close)
        pronoun_after = self.patterns.pronoun.match(self.text, verb.end() + 1, end)
        if pronoun_after:
            return SpeakerClue(self.antecedent(start), "", cue, close, from_pronoun=True)
        return SpeakerClue(None, "", cue, close)

    def _described_clue(self, phrase: str, before: int, cue: str, *, close: bool) -> SpeakerClue:
        """Resolve "the harbour master" to the person to whom the article gives that office."""
        described = _words_only(phrase).split()[1:]
        people = list(islice(self._people.before(before), MAX_DESCRIBED_PEOPLE))
        for person in people or self._people.within(before, before + MAX_SENTENCE_CHARS):
            office = self._office(person).split()
            if described and all(word in office for word in described[-OFFICE_WORDS:]):
                return SpeakerClue(person, "", cue, close)
        return SpeakerClue(None, phrase, cue, close)

    def _office(self, person: EntityMention) -> str:
        """Return the words beside a name: "Mayor Ida Falk", "Ida Falk, the mayor of"."""
        floor = max(0, person.start - OFFICE_REACH)
        others = self._people.within(floor, person.start)
        if others:
            floor = others[-1].end
        start = sentence_start(self.text, floor, person.start)
        after = self.text[person.end : person.end + OFFICE_REACH].partition(".")[0]
        before = self.text[start : person.start]
        return _words_only(before + (after if after.startswith(",") else ""))

    def antecedent(self, before: int) -> EntityMention | None:
        """Return the person whom a pronoun at `before` means, or None.

        This is the last person named outside of quotations; a possessive does not count.
        """
        people = self._people.before(before)
        return next((person for person in people if not _is_possessive(self.text, person)), None)

    def _subject_before(self, start: int, end: int) -> EntityMention | None:
        """Return the subject of a verb at `end`: the last person, else the last organisation."""
        inside = [mention for mention in self._unquoted.within(start, end) if mention.end <= end]
        people = [
            mention
            for mention in inside
            if mention.type is EntityType.PERSON and not _is_possessive(self.text, mention)
        ]
        found = people or inside
        if found and self.text[start:end].rstrip().endswith(","):
            # "Falk, a friend of Berg, said": the subject is before the apposition.
            return next(
                (one for one in reversed(found) if self._has_apposition(one, end)), found[0]
            )
        return found[-1] if found else None

    def _has_apposition(self, mention: EntityMention, end: int) -> bool:
        """Return whether a comma and more words follow a name, before the verb at `end`."""
        if not self.text.startswith(",", mention.end):
            return False
        return self.text[mention.end : end].strip(" ,") != ""

    def _first_speaker(self, start: int, end: int) -> EntityMention | None:
        """Return the first person between two offsets, else the first organisation."""
        inside = self._possible.within(start, end)
        people = [mention for mention in inside if mention.type is EntityType.PERSON]
        return next(iter(people or inside), None)


def _is_possessive(text: str, mention: EntityMention) -> bool:
    return text[mention.end : mention.end + 2] in ("'s", "’s")


def _words_only(phrase: str) -> str:
    return re.sub(r"[\W_]+", " ", phrase.lower())
