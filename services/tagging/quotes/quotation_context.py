"""An article's body as the attribution sees it: its quotations, and who may have spoken."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice

from schemas.tags import EntityType
from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.genders import Gender, Genders
from services.tagging.quotes.mention_index import MentionIndex
from services.tagging.quotes.quotation_patterns import QuotationPatterns
from services.tagging.quotes.quotations import Quotation
from services.tagging.quotes.sentence_bounds import sentence_start
from services.tagging.span import EntityMention

MAX_SENTENCE_CHARS = 1_500
"""How far back the start of a sentence is looked for, in characters."""

MAX_DESCRIBED_PEOPLE = 30
"""Number of people, the last named first, among whom a described person is looked for."""

NEAR_CHARS = 150
"""So near to the last person named, another whose gender is known is preferred to one whose
gender is not."""

OFFICE_REACH = 60
"""How far from a name the person's office is looked for, in characters."""

OFFICE_WORDS = 2
"""Last words of a description that must be in the person's office."""

_OFFICE_AFTER = re.compile(
    r",| (?:is|was|became|remains|est|était|ist|war|es|era|è|é|foi|är|var|er) (?:\w{1,3}['’ ])"
)
"""What stands between a name and an office after it: a comma, or "is the"."""

_DESCRIBED = re.compile(r" (?:the|a|an|le|la|der|die|el|il|o|a) .*\b(?:of|for|de|du|di|von) $")
"""Words after a verb of speech that describe the speaker by another name."""

_SPEAKER_TYPES = frozenset({EntityType.PERSON, EntityType.ORGANISATION})


class QuotationContext:
    """A text with its quotations and the mentions in it."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        mentions: Sequence[EntityMention],
        patterns: QuotationPatterns,
        quotations: Sequence[Quotation],
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.patterns = patterns
        self.quotations = quotations
        self._quotation_starts = [quotation.start for quotation in quotations]
        possible = [mention for mention in mentions if mention.type in _SPEAKER_TYPES]
        unquoted = [mention for mention in possible if not self._is_quoted(mention.start)]
        people = [one for one in unquoted if one.type is EntityType.PERSON]
        self._possible = MentionIndex(possible)
        self._unquoted = MentionIndex(unquoted)
        self._people = MentionIndex(people)
        self._genders = Genders(text, people)

    def _is_quoted(self, offset: int) -> bool:
        position = bisect_right(self._quotation_starts, offset) - 1
        return position >= 0 and offset < self.quotations[position].end

    def next_quotation_start(self, quotation: Quotation) -> int | None:
        """Return where the next quotation of the text starts, or None after the last one."""
        following = bisect_right(self._quotation_starts, quotation.start)
        return self._quotation_starts[following] if following < len(self.quotations) else None

    def previous_quotation_end(self, quotation: Quotation) -> int | None:
        """Return where the previous quotation of the text ends, or None before the first."""
        previous = bisect_left(self._quotation_starts, quotation.start) - 1
        return self.quotations[previous].end if previous >= 0 else None

    def antecedent(self, before: int, pronoun: str = "") -> EntityMention | None:
        """Return the person whom a pronoun at `before` means, or None.

        This is the last person named outside of quotations whom the pronoun fits; a possessive
        does not count.
        """
        words = self.patterns.words
        gender = (
            Gender.FEMININE
            if pronoun.lower() in words.feminine_pronouns
            else Gender.MASCULINE
            if pronoun.lower() in words.masculine_pronouns
            else None
        )
        people = [
            person
            for person in islice(self._people.before(before), MAX_DESCRIBED_PEOPLE)
            if not _is_possessive(self.text, person)
        ]
        fitting = [person for person in people if self._genders.fits(person, gender)]
        if not fitting or gender is None:
            return next(iter(fitting), None)
        near = (one for one in fitting if one.end >= fitting[0].start - NEAR_CHARS)
        known = (one for one in near if self._genders.is_known(one, gender))
        return next(known, fitting[0])

    def subject_before(self, start: int, end: int) -> EntityMention | None:
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

    def first_speaker(self, start: int, end: int) -> EntityMention | None:
        """Return the first person between two offsets, else the first organisation."""
        inside = self._possible.within(start, end)
        people = [mention for mention in inside if mention.type is EntityType.PERSON]
        return next(iter(people or inside), None)

    def subject_after(self, start: int, end: int) -> EntityMention | None:
        """Return the subject of a verb before `start`: the first person, else organisation.

        A name in apposition has precedence: "said the lawyer of Dana Pruitt, Oscar Mbeki".
        """
        first = self.first_speaker(start, end)
        if first is None or not _DESCRIBED.match(self.text[start : first.start]):
            return first
        following = next(iter(self._people.within(first.end, end)), None)
        is_apposition = following and self.text[first.end : following.start] == ", "
        return following if is_apposition else first

    def last_speaker(self, start: int, end: int) -> EntityMention | None:
        """Return the last person between two offsets, else the last organisation."""
        inside = self._possible.within(start, end)
        people = [mention for mention in inside if mention.type is EntityType.PERSON]
        found = people or inside
        return found[-1] if found else None

    def described_person(self, phrase: str, before: int) -> EntityMention | None:
        """Return the person to whom the article gives an office: "the harbour master"."""
        described = _words_only(phrase).split()[1:]
        people = list(islice(self._people.before(before), MAX_DESCRIBED_PEOPLE))
        for person in people or self._people.within(before, before + MAX_SENTENCE_CHARS):
            office = self._office(person).split()
            if described and all(word in office for word in described[-OFFICE_WORDS:]):
                return person
        return None

    def _office(self, person: EntityMention) -> str:
        """Return the words beside a name: "Mayor Ida Falk", "Ida Falk, the mayor of"."""
        floor = max(0, person.start - OFFICE_REACH)
        others = self._people.within(floor, person.start)
        if others:
            floor = others[-1].end
        start = sentence_start(self.text, floor, person.start)
        after = self.text[person.end : person.end + OFFICE_REACH].partition(".")[0]
        before = self.text[start : person.start]
        return _words_only(before + (after if _OFFICE_AFTER.match(after) else ""))


def _is_possessive(text: str, mention: EntityMention) -> bool:
    return text[mention.end : mention.end + 2] in ("'s", "’s")


def _words_only(phrase: str) -> str:
    return re.sub(r"[\W_]+", " ", phrase.lower())
