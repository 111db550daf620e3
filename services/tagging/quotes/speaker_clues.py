"""Find clues to the speaker in the words around a quotation: a name, a pronoun, a description.

The subject of the verb of speech is looked for before the verb and then after it. A pronoun
means the last person named outside of quotations; a description ("the harbour master") means
the person to whom the article gives that office. Without a verb, a name after a dash, or one
before a colon, is the speaker's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.tags import EntityType
from services.tagging.quotes.quotation_context import MAX_SENTENCE_CHARS, QuotationContext
from services.tagging.quotes.quotations import Quotation
from services.tagging.quotes.sentence_bounds import (
    begins_with_capital,
    sentence_end,
    sentence_start,
)
from services.tagging.span import EntityMention
from services.tagging.word_lists import FUNCTION_WORDS

VERB_REACH = 220
"""How far after a quotation a verb of speech is looked for, in characters."""

WEAK_VERB_REACH = 40
"""How far after a quotation a verb is looked for that has other uses, in characters."""

SUBJECT_REACH = 80
"""How far after a verb of speech its subject is looked for, in characters."""

NEGATION_REACH = 12
"""How far before a verb a negation is looked for, in characters."""

SIGNATURE_CHARS = 100
"""Longest signature of a quotation, after a dash: "— Ida Falk, mayor of Skarholm"."""

SHORTEST_PHRASE = 4
"""A shorter phrase ("so") attributes a quotation only to a speaker who is named."""

COLON_REACH = 120
"""How far before a colon the name of the speaker is looked for, in characters."""

UNSPACED_SENTENCE_END = "。"
"""Ends a sentence in scripts that write no blanks."""

_SIGNATURE = re.compile(
    r"\s?[\"”“»«’']{0,2}(?:[\s,.]*[-–—―~]{1,2} ?| \((?=[^()\n]+\)\.?(?:\n|$)))(?=[^\W\d_a-z])"
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){0,3}")
INVERTED_REACH = 40
"""How far after an unknown verb its subject begins at most, in characters."""

_INVERTED = re.compile(
    r"[\"”“»«’'\s,]*[-–—]?\s?(?:s['’]|se |si |się )?(?P<verb>[^\W\d_A-ZÀ-ÖØ-ÞА-Я][\w-]{2,})"
)
_VERB = re.compile(r"[\w-]+")
_DESCRIPTION_BETWEEN = re.compile(r"(?: (?:[^\W\d_A-ZÀ-ÖØ-ÞА-Я][\w’'-]*)){0,4}(?: [\w-]+)? ")
"""Up to four words in lower case, and perhaps a German noun: " sich die Anwohnerin "."""

_CLAUSE_END = re.compile(r"[,.!?…。，！？—–-]|''")


@dataclass(frozen=True, slots=True)
class SpeakerClue:
    """What the words beside a quotation say about its speaker."""

    speaker: EntityMention | None
    description: str
    """How the text describes a speaker whom it does not name, or empty."""
    cue: str | None
    """The verb of speech, or the phrase that attributes the quotation; None after a dash."""
    close: bool
    """Whether the cue is right beside the quotation."""
    from_pronoun: bool = False
    """Whether the speaker was resolved from a pronoun."""


def clue_after(context: QuotationContext, quotation: Quotation) -> SpeakerClue | None:
    """Return the clue in the rest of the quotation's sentence, or None."""
    text, patterns = context.text, context.patterns
    paragraph = context.paragraphs[quotation.paragraph]
    limit = paragraph.start + len(paragraph.text)
    following = context.next_quotation_start(quotation)
    if following is not None:
        limit = min(limit, following - 1)
    start = quotation.end + 1
    signature = _signature_clue(context, quotation.end, limit, marked=quotation.marked)
    if signature is not None:
        return signature
    end = sentence_end(text, start, min(limit, start + VERB_REACH))
    if patterns.words.written_without_blanks:
        stop = text.find(UNSPACED_SENTENCE_END, start, end)
        end = stop if stop >= 0 else end
    if text[quotation.end - 1 : quotation.end] in (".", "…") and begins_with_capital(
        text, start, end
    ):
        # The quotation ends its own sentence; another sentence follows.
        return None
    verb = patterns.verb.search(text, start, end)
    if verb is None or _is_negated(context, verb):
        weak = None
        if verb is None and ends_clause(text, quotation):
            weak = patterns.weak_verb.search(text, start, min(end, start + WEAK_VERB_REACH))
        if weak is not None:
            return _verb_clue(context, start, weak, end, close=True)
        attribution = _attribution_clue(context, start, end)
        unknown = _inverted_verb(context, start, end) if attribution is None else None
        if unknown is None or not ends_clause(text, quotation):
            return attribution
        return _verb_clue(context, start, unknown, end, close=True)
    return _verb_clue(context, start, verb, end, close=verb.start() - start < VERB_REACH // 2)


def _inverted_verb(context: QuotationContext, start: int, end: int) -> re.Match[str] | None:
    """Return the unknown verb between a quotation and a person: ", besloot de visser Jan Dekker".

    Right after a quotation, a word in lower case before its speaker is a verb of speech, whatever
    the list says, unless it is one of the function words of the language.
    """
    verb = _INVERTED.match(context.text, start, end)
    if verb is None or verb.group("verb").lower() in FUNCTION_WORDS:
        return None
    if context.patterns.words.verb_endings and not verb.group("verb").endswith(
        context.patterns.words.verb_endings
    ):
        return None
    speaker = context.first_speaker(verb.end(), min(end, verb.end() + INVERTED_REACH))
    if speaker is None or speaker.type is not EntityType.PERSON:
        return None
    between = context.text[verb.end() : speaker.start]
    is_subject = _DESCRIPTION_BETWEEN.fullmatch(between) is not None
    return _VERB.match(context.text, verb.start("verb")) if is_subject else None


def clue_before(context: QuotationContext, quotation: Quotation) -> SpeakerClue | None:
    """Return the clue in the quotation's sentence before the quotation begins, or None."""
    text, patterns = context.text, context.patterns
    end = quotation.start - 1
    floor = max(context.paragraphs[quotation.paragraph].start, end - MAX_SENTENCE_CHARS)
    start = sentence_start(text, floor, end)
    # The verb is after any earlier quotation of the sentence; its subject may be before.
    previous = context.previous_quotation_end(quotation)
    floor = max(start, previous + 1) if previous is not None else start
    verbs = [
        verb for verb in patterns.verb.finditer(text, floor, end) if not _is_negated(context, verb)
    ]
    opening = text[floor:end].rstrip()
    if not verbs and opening.endswith((",", ":", " as")):
        verbs = list(patterns.weak_verb.finditer(text, max(floor, end - WEAK_VERB_REACH), end))
    if not verbs:
        return (
            _attribution_clue(context, floor, end)
            or _colon_clue(context, floor, end)
            or _viewpoint_clue(context, start, end)
        )
    gap = text[verbs[-1].end() : end]
    return _verb_clue(context, start, verbs[-1], end, close=len(gap.split()) <= 1)


def speaker_of_line_before(context: QuotationContext, quotation: Quotation) -> SpeakerClue | None:
    """Return the clue in a paragraph before the quotation's that ends with a colon, or None."""
    if quotation.paragraph == 0 or not opens_paragraph(context, quotation):
        return None
    line = context.paragraphs[quotation.paragraph - 1]
    end = line.start + len(line.text.rstrip())
    return _colon_clue(context, max(line.start, end - COLON_REACH), end)


def opens_paragraph(context: QuotationContext, quotation: Quotation) -> bool:
    """Return whether nothing but marks is before a quotation in its paragraph."""
    paragraph = context.paragraphs[quotation.paragraph]
    return not context.text[paragraph.start : quotation.start].strip(" \"“”„‘'«»「『`—–-")


def ends_clause(text: str, quotation: Quotation) -> bool:
    """Return whether a comma or the end of a sentence is at the end of a quotation."""
    last, after = text[quotation.end - 1], text[quotation.end : quotation.end + 3]
    return last in ",.!?…。！？，" or _CLAUSE_END.search(after) is not None


def _is_negated(context: QuotationContext, verb: re.Match[str]) -> bool:
    """Return whether nothing was said: "did not say", "to say", "can say"."""
    before = context.text[max(0, verb.start() - NEGATION_REACH) : verb.start()].split()
    return bool(before) and before[-1].lower() in context.patterns.words.speech_negations


def _signature_clue(
    context: QuotationContext, end: int, limit: int, *, marked: bool
) -> SpeakerClue | None:
    """Return the clue of a name after a dash that ends the paragraph, or is the next one."""
    dash = _SIGNATURE.match(context.text, end) if marked else None
    if dash is None or dash.end() > limit + 4 or not context.text[dash.end()].isupper():
        return None
    line_end = context.text.find("\n", dash.end())
    line_end = len(context.text) if line_end < 0 else line_end
    if line_end - dash.end() > SIGNATURE_CHARS:
        return None
    if context.patterns.verb.search(context.text, dash.end(), line_end):
        return None
    speaker = context.first_speaker(dash.end(), line_end)
    if speaker is not None:
        return SpeakerClue(speaker, "", None, close=True)
    name = _NAME.match(context.text, dash.end(), line_end)
    return SpeakerClue(None, name.group(), None, close=True) if name else None


def _colon_clue(context: QuotationContext, start: int, end: int) -> SpeakerClue | None:
    """Return the clue of a name in the words before a colon at `end`, or None."""
    if not context.text[start:end].rstrip(" \"“”„‘'«»").endswith((":", "：")):
        return None
    speaker = context.last_speaker(sentence_start(context.text, start, end), end)
    return SpeakerClue(speaker, "", None, close=True) if speaker is not None else None


def _viewpoint_clue(context: QuotationContext, start: int, end: int) -> SpeakerClue | None:
    """Return the clue of a name after the preposition that opens a sentence: "Pour Falk, «"."""
    opening = context.text[start:end]
    word = opening.partition(" ")[0].lower()
    if word not in context.patterns.words.viewpoint_words:
        return None
    speaker = context.first_speaker(start, end)
    if speaker is None or speaker.start != start + len(word) + 1:
        return None
    is_opening = context.text.startswith(",", speaker.end)
    return SpeakerClue(speaker, "", opening.partition(" ")[0], close=True) if is_opening else None


def _attribution_clue(context: QuotationContext, start: int, end: int) -> SpeakerClue | None:
    cue = context.patterns.attribution.search(context.text, start, end)
    if cue is None:
        return None
    speaker = context.first_speaker(cue.end(), end) or context.last_speaker(start, cue.start())
    if speaker is None and len(cue.group()) < SHORTEST_PHRASE:
        return None
    return SpeakerClue(speaker, "", cue.group(), close=speaker is not None)


def _verb_clue(
    context: QuotationContext, start: int, verb: re.Match[str], end: int, *, close: bool
) -> SpeakerClue:
    """Return the clue of a verb whose clause is within `start` and `end`."""
    text, patterns, cue = context.text, context.patterns, verb.group()
    subject = context.subject_before(start, verb.start())
    # French writes the pronoun inside of the verb: "a-t-il dit".
    pronouns = [
        one
        for one in patterns.pronoun.finditer(text, start, verb.end())
        if not (text.startswith(",", one.end()) and text.startswith(", ", one.start() - 2))
    ]  # "La régie, elle, dénonce": the pronoun only stresses the subject before it.
    if pronouns and (subject is None or pronouns[-1].start() > subject.start):
        person = context.antecedent(start, pronouns[-1].group())
        return SpeakerClue(person, "", cue, close, from_pronoun=True)
    description = patterns.description.search(text[start : verb.start()].rstrip())
    gap = subject is not None and text[subject.end : verb.start()].strip()
    # A person named before is the subject of "..., but stated", not the described one.
    if description and (subject is None or (subject.type.value != "person" and gap)):
        phrase = description.group()
        person = context.described_person(phrase, start)
        return SpeakerClue(person, "" if person is not None else phrase, cue, close)
    if subject is not None:
        return SpeakerClue(subject, "", cue, close)
    pronoun_after = patterns.pronoun.match(text, verb.end() + 1, end)
    if pronoun_after:
        person = context.antecedent(start, pronoun_after.group())
        return SpeakerClue(person, "", cue, close, from_pronoun=True)
    inverted = context.subject_after(verb.end(), min(end, verb.end() + SUBJECT_REACH))
    return SpeakerClue(inverted, "", cue, close)
