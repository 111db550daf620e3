"""Attribute each quotation to its speaker, by the words around it.

These are looked at in turn: the rest of the quotation's sentence ("... ," Falk said), its
beginning (Falk said: "..."), the previous quotation in the same paragraph, the quotation that
continues over the paragraph's end, a line before that ends with a colon, and the sentence
before. Rules of this kind are the baseline of O'Keefe et al., "A Sequence Labelling Approach to
Quote Attribution" (EMNLP 2012).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.tags import EntityType
from services.languages.sentence_ends import SENTENCE_END_MARKS
from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.quotation_context import QuotationContext
from services.tagging.quotes.quotation_patterns import QuotationPatterns, patterns_of
from services.tagging.quotes.quotations import Quotation, find_quotations
from services.tagging.quotes.sentence_bounds import sentence_start
from services.tagging.quotes.speaker_clues import (
    SpeakerClue,
    clue_after,
    clue_before,
    ends_clause,
    opens_paragraph,
    speaker_of_line_before,
)
from services.tagging.quotes.unclosed_marks import end_at_speaker
from services.tagging.quotes.unmarked_speech import (
    TranscriptLine,
    find_dash_dialogue,
    find_transcript,
)
from services.tagging.span import EntityMention

LONG_QUOTATION_WORDS = 6
"""A quotation of so many words is speech even without a verb of speech."""
SHORT_QUOTATION_WORDS = 3
"""A quotation of so many words is speech if a verb of speech is in its sentence; a shorter one
only if the verb is right beside it."""
MAX_FUNCTION_WORD_CHARS = 3
"""Words up to this length may be in lower case in the title of a work: "of", "the"."""


SUBJECT_POSITION_CHARS = 40
"""How far from its start the subject of a sentence is looked for, in characters."""
CUE_REACH = 60
"""How far before a short quotation its verb of speech is looked for, in characters."""

_CLOSING_MARK = re.compile(r"^\s?[\"”“»«’'」』]")
NAMING_REACH = 30
"""How far before a quotation a word like "so-called" is looked for, in characters."""


@dataclass(frozen=True, slots=True)
class AttributedQuotation:
    """A quotation with its speaker, where the article gives one."""

    start: int
    end: int
    speaker: EntityMention | None
    description: str
    """How the article describes a speaker whom it does not name ("a fisherman"), or empty."""
    cue: str | None


def attribute_quotations(
    text: str,
    paragraphs: Sequence[Paragraph],
    mentions: Sequence[EntityMention],
    language: str,
) -> list[AttributedQuotation]:
    """Return the quotations of an article's body in order, with their speakers where known.

    `mentions` are those of the article in order; `paragraphs` are those of the body. Scare
    quotes, titles of works and other short quotations that are not speech are left out.
    """
    patterns = patterns_of(language)
    labels = patterns.words.question_labels
    transcript = _transcript(paragraphs, mentions, labels)
    inside = {line.speech.paragraph for line in transcript}
    quotations = [
        one
        for one in _marked_and_dialogue(text, paragraphs, patterns)
        if one.paragraph not in inside
    ]
    context = QuotationContext(text, paragraphs, mentions, patterns, quotations)
    found: list[AttributedQuotation] = []
    previous: tuple[Quotation, AttributedQuotation] | None = None
    for quotation in context.quotations:
        attributed = _attribute(context, quotation, previous)
        if attributed is not None:
            found.append(attributed)
            previous = quotation, attributed
    found = _attribute_continued(found, context)
    found += [_transcribed(text, line, mentions, labels) for line in transcript]
    return sorted(found, key=lambda one: one.start)


def _transcript(
    paragraphs: Sequence[Paragraph], mentions: Sequence[EntityMention], labels: frozenset[str]
) -> list[TranscriptLine]:
    speakers = frozenset(
        mention.start
        for mention in mentions
        if mention.type in (EntityType.PERSON, EntityType.ORGANISATION)
    )
    return find_transcript(paragraphs, speakers, labels)


def _marked_and_dialogue(
    text: str, paragraphs: Sequence[Paragraph], patterns: QuotationPatterns
) -> list[Quotation]:
    """Return the quotations in order; dialogue has no others inside."""
    dialogue = find_dash_dialogue(paragraphs, patterns)
    spoken = {one.paragraph for one in dialogue}
    marked = [one for one in find_quotations(list(paragraphs)) if one.paragraph not in spoken]
    marked = [end_at_speaker(text, one, patterns) for one in marked]
    return sorted([*dialogue, *marked], key=lambda one: one.start)


def _transcribed(
    text: str,
    line: TranscriptLine,
    mentions: Sequence[EntityMention],
    labels: frozenset[str],
) -> AttributedQuotation:
    speaker = next(
        (one for one in mentions if line.label_start <= one.start < line.label_end), None
    )
    label = text[line.label_start : line.label_end]
    name = "" if speaker is not None else label.title() if label.isupper() else label
    if label.lower().rstrip(".") in labels:
        name = ""
    return AttributedQuotation(line.speech.start, line.speech.end, speaker, name, None)


def _attribute(
    context: QuotationContext,
    quotation: Quotation,
    previous: tuple[Quotation, AttributedQuotation] | None,
) -> AttributedQuotation | None:
    """Return a quotation with its speaker, or None where it is not speech.

    `previous` is the last quotation before it that is speech.
    """
    clue = clue_after(context, quotation)
    if clue is None or (clue.speaker is None and not clue.description):
        before_clue = clue_before(context, quotation)
        if before_clue is not None and clue is not None:
            before_clue = replace(before_clue, close=before_clue.close or clue.close)
        clue = before_clue or clue
    inherited = None
    if previous is not None:
        before, before_attributed = previous
        same_paragraph = quotation.paragraph == before.paragraph
        if clue is not None and clue.from_pronoun and same_paragraph and before_attributed.speaker:
            # "She said" continues with the previous speaker of the paragraph.
            clue = replace(clue, speaker=before_attributed.speaker)
        continues = before.continued and quotation.paragraph == before.paragraph + 1
        if clue is None and (same_paragraph or continues):
            inherited = before_attributed
    if clue is None and inherited is None:
        clue = speaker_of_line_before(context, quotation)
    if not _is_speech(context, quotation, clue, inherited):
        return None
    start, end = quotation.start, quotation.end
    if inherited is not None:
        return replace(inherited, start=start, end=end)
    if clue is not None:
        return AttributedQuotation(start, end, clue.speaker, clue.description, clue.cue)
    speaker = _speaker_before_paragraph(context, quotation) or _subject_of_sentence_before(
        context, quotation
    )
    return AttributedQuotation(start, end, speaker, "", None)


def _attribute_continued(
    found: list[AttributedQuotation], context: QuotationContext
) -> list[AttributedQuotation]:
    """Attribute the first parts of a quotation over several paragraphs as its last part."""
    by_start = {quotation.start: quotation for quotation in context.quotations}
    for at in range(len(found) - 2, -1, -1):
        one, following = found[at], found[at + 1]
        if one.cue is None and by_start[one.start].continued and following.cue is not None:
            found[at] = replace(following, start=one.start, end=one.end)
    return found


def _speaker_before_paragraph(
    context: QuotationContext, quotation: Quotation
) -> EntityMention | None:
    """Return the speaker of a quotation that opens its paragraph: who spoke in the one before."""
    if quotation.paragraph == 0 or not opens_paragraph(context, quotation):
        return None
    previous = context.paragraphs[quotation.paragraph - 1]
    end = previous.start + len(previous.text)
    if not context.patterns.verb.search(context.text, previous.start, end):
        return None
    return context.antecedent(quotation.start)


def _subject_of_sentence_before(
    context: QuotationContext, quotation: Quotation
) -> EntityMention | None:
    """Return the person with whom the sentence before the quotation, in its paragraph, begins."""
    text = context.text
    floor = context.paragraphs[quotation.paragraph].start
    end = len(text[: quotation.start].rstrip(" \"“”„‘'«»「『`"))
    if end <= floor or text[end - 1] not in ".!?…":
        return None
    start = sentence_start(text, floor, end - 1)
    person = context.first_speaker(start, min(end, start + SUBJECT_POSITION_CHARS))
    return person if person is not None and person.type is EntityType.PERSON else None


def _is_speech(
    context: QuotationContext,
    quotation: Quotation,
    clue: SpeakerClue | None,
    inherited: AttributedQuotation | None,
) -> bool:
    text = context.text
    words = _words(context, quotation)
    if quotation.continued or not quotation.marked:
        return True
    if _is_named(context, quotation, is_title=_is_title_case(words)):
        return False
    if clue is None and inherited is None:
        return len(words) >= LONG_QUOTATION_WORDS and not _is_title_case(words)
    if len(words) >= SHORT_QUOTATION_WORDS:
        if len(words) == SHORT_QUOTATION_WORDS and _goes_on(context, quotation, clue):
            return False  # "offered “fast boat trips” to tourists, Falk said"
        return _is_close(clue) or ends_clause(text, quotation) or not _is_title_case(words)
    return clue is not None and clue.close and _ends_short(text, quotation)


def _goes_on(context: QuotationContext, quotation: Quotation, clue: SpeakerClue | None) -> bool:
    """Return whether the clause goes on after a quotation, without a cue before it."""
    if context.patterns.words.written_without_blanks or ends_clause(context.text, quotation):
        return False
    before = context.text[max(0, quotation.start - CUE_REACH) : quotation.start]
    return clue is not None and (clue.cue is None or clue.cue not in before)


def _is_close(clue: SpeakerClue | None) -> bool:
    return clue is not None and clue.close


def _ends_short(text: str, quotation: Quotation) -> bool:
    """Return whether a short quotation ends with a comma or as a sentence does."""
    after = _CLOSING_MARK.sub("", text[quotation.end : quotation.end + 3], count=1)
    return text[quotation.end - 1] in f",{SENTENCE_END_MARKS}" or after.lstrip().startswith(
        (",", "–", "—", "-")
    )


def _words(context: QuotationContext, quotation: Quotation) -> list[str]:
    """Return the words of a quotation; without blanks, every two characters count as one."""
    quoted = context.text[quotation.start : quotation.end]
    if context.patterns.words.written_without_blanks:
        return re.findall("..?", quoted)
    return quoted.split()


def _is_named(context: QuotationContext, quotation: Quotation, *, is_title: bool) -> bool:
    """Return whether a word before the mark says that a name follows: "the so-called".

    Before a title of a work, a comma may follow the word: "her novel, “...”".
    """
    before = context.text[max(0, quotation.start - NAMING_REACH) : quotation.start]
    before = before.rstrip(" \"“”„‘'«»「『`" + (",:" if is_title else ""))
    words = context.patterns.naming_words
    if context.patterns.words.written_without_blanks:
        return before.endswith(tuple(words)) if words else False
    last_two = before.lower().split()[-2:]
    if not last_two:
        return False
    if last_two[-1] in context.patterns.words.titled_things and _is_title_form(
        context.text, quotation
    ):
        return True
    return last_two[-1] in words or " ".join(last_two) in words


def _is_title_form(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation begins with a capital and ends without a mark, as titles do."""
    return text[quotation.start].isupper() and text[quotation.end - 1].isalnum()


def _is_title_case(words: list[str]) -> bool:
    """Return whether all longer words are capitalised, as in the title of a work."""
    longer = [word for word in words if len(word) > MAX_FUNCTION_WORD_CHARS]
    return bool(longer) and all(word[:1].isupper() for word in longer)
