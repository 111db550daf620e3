"""Attribute each quotation to its speaker, by the words around it.

These are looked at in turn: the rest of the quotation's sentence ("... ," Falk said), its
beginning (Falk said: "..."), the previous quotation in the same paragraph, the quotation that
continues over the paragraph's end, and the sentence before the paragraph. Rules of this kind
are the baseline of O'Keefe et al., "A Sequence Labelling Approach to Quote Attribution"
(EMNLP 2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.languages.sentence_ends import SENTENCE_END_MARKS
from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.quotation_patterns import patterns_of
from services.tagging.quotes.quotations import Quotation
from services.tagging.quotes.speaker_clues import QuotationContext, SpeakerClue
from services.tagging.span import EntityMention

LONG_QUOTATION_WORDS = 6
"""A quotation of so many words is speech even without a verb of speech."""
SHORT_QUOTATION_WORDS = 3
"""A quotation of so many words is speech if a verb of speech is in its sentence; a shorter one
only if the verb is right beside it."""
MAX_FUNCTION_WORD_CHARS = 3
"""Words up to this length may be in lower case in the title of a work: "of", "the"."""


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
    context = QuotationContext(text, paragraphs, mentions, patterns_of(language))
    found: list[AttributedQuotation] = []
    previous: tuple[Quotation, AttributedQuotation] | None = None
    for quotation in context.quotations:
        attributed = _attribute(context, quotation, previous)
        if attributed is not None:
            found.append(attributed)
            previous = quotation, attributed
    return _attribute_continued(found, context)


def _attribute(
    context: QuotationContext,
    quotation: Quotation,
    previous: tuple[Quotation, AttributedQuotation] | None,
) -> AttributedQuotation | None:
    """Return a quotation with its speaker, or None where it is not speech.

    `previous` is the last quotation before it that is speech.
    """
    clue = context.clue_after(quotation)
    if clue is None or (clue.speaker is None and not clue.description):
        clue = context.clue_before(quotation) or clue
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
    if not _is_speech(context.text, quotation, clue, inherited):
        return None
    start, end = quotation.start, quotation.end
    if inherited is not None:
        return replace(inherited, start=start, end=end)
    if clue is not None:
        return AttributedQuotation(start, end, clue.speaker, clue.description, clue.cue)
    return AttributedQuotation(start, end, _speaker_before_paragraph(context, quotation), "", None)


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
    if quotation.paragraph == 0:
        return None
    paragraph = context.paragraphs[quotation.paragraph]
    if context.text[paragraph.start : quotation.start].strip(" \"“‘'«"):
        return None
    previous = context.paragraphs[quotation.paragraph - 1]
    end = previous.start + len(previous.text)
    if not context.patterns.verb.search(context.text, previous.start, end):
        return None
    return context.antecedent(quotation.start)


def _is_speech(
    text: str,
    quotation: Quotation,
    clue: SpeakerClue | None,
    inherited: AttributedQuotation | None,
) -> bool:
    words = text[quotation.start : quotation.end].split()
    if quotation.continued:
        return True
    if clue is None and inherited is None:
        return len(words) >= LONG_QUOTATION_WORDS and not _is_title_case(words)
    if len(words) >= SHORT_QUOTATION_WORDS:
        return True
    next_character = text[quotation.end + 1 : quotation.end + 2]
    ends_clause = text[quotation.end - 1] in f",{SENTENCE_END_MARKS}" or next_character == ","
    return clue is not None and clue.close and ends_clause


def _is_title_case(words: list[str]) -> bool:
    """Return whether all longer words are capitalised, as in the title of a work."""
    return all(word[:1].isupper() for word in words if len(word) > MAX_FUNCTION_WORD_CHARS)
