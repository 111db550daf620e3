"""Attribute each quotation to a speaker, by the words around it.

In this order: what follows the quotation in its sentence ("... ," Falk said), what precedes it
there (Falk said: "..."), the quotation before it in the same paragraph, a quotation that continues
over the end of the paragraph, the last sentence of the paragraph before. Rules of this kind are the
baseline of O'Keefe et al., "A Sequence Labelling Approach to Quote Attribution" (EMNLP 2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.quotation_patterns import words_of
from services.tagging.quotes.quotations import Quotation
from services.tagging.quotes.speaker_clues import QuoteContext, SpeakerClue
from services.tagging.span import Hit

LONG_QUOTE_WORDS = 6
"""Words from which a quotation counts as speech even without a verb of speech."""
SHORT_QUOTE_WORDS = 3
"""Words from which it counts as speech if a verb of speech is in its sentence; a shorter one only
if the verb stands right beside it."""


@dataclass(frozen=True, slots=True)
class AttributedQuote:
    """A quotation with its speaker, as far as the article tells."""

    start: int
    end: int
    speaker: Hit | None
    description: str
    """How the article calls a speaker without a name ("a harbour master"), or empty."""
    cue: str | None


def attribute_quotes(
    text: str, paragraphs: Sequence[Paragraph], hits: Sequence[Hit], language: str
) -> list[AttributedQuote]:
    """Return the quotes of an article's body in order, each with its speaker if known.

    `hits` are the article's names in order; `paragraphs` are those of the body. Scare quotes,
    titles of works and other short quotations that nobody says are left out.
    """
    reader = QuoteContext(text, paragraphs, hits, words_of(language))
    found: list[AttributedQuote] = []
    last: AttributedQuote | None = None
    last_quote: Quotation | None = None
    for quote in reader.quotes:
        claim = reader.after(quote)
        if claim is None or (claim.speaker is None and not claim.description):
            claim = reader.before(quote) or claim
        same = last_quote is not None and quote.paragraph == last_quote.paragraph
        if claim is not None and claim.pronoun and same and last is not None and last.speaker:
            # "She said" goes on with the one who spoke before in the paragraph.
            claim = replace(claim, speaker=last.speaker)
        inherited = None
        if claim is None and last is not None and last_quote is not None:
            goes_on = last_quote.continued and quote.paragraph == last_quote.paragraph + 1
            inherited = last if same or goes_on else None
        if not _is_speech(text, quote, claim, inherited):
            continue
        if inherited is not None:
            speech = AttributedQuote(
                quote.start, quote.end, inherited.speaker, inherited.description, inherited.cue
            )
        elif claim is not None:
            speech = AttributedQuote(
                quote.start, quote.end, claim.speaker, claim.description, claim.cue
            )
        else:
            speech = AttributedQuote(quote.start, quote.end, _carried(reader, quote), "", None)
        found.append(speech)
        last, last_quote = speech, quote
    return _from_behind(found, reader)


def _from_behind(found: list[AttributedQuote], reader: QuoteContext) -> list[AttributedQuote]:
    """Give the first parts of a quote over several paragraphs the speaker of its last part."""
    by_start = {quote.start: quote for quote in reader.quotes}
    for at in range(len(found) - 2, -1, -1):
        one, following = found[at], found[at + 1]
        if one.cue is None and by_start[one.start].continued and following.cue is not None:
            found[at] = AttributedQuote(
                one.start, one.end, following.speaker, following.description, following.cue
            )
    return found


def _carried(reader: QuoteContext, quote: Quotation) -> Hit | None:
    """Return the speaker of a quote that is a paragraph by itself: the one who spoke before."""
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


def _is_speech(
    text: str, quote: Quotation, claim: SpeakerClue | None, inherited: AttributedQuote | None
) -> bool:
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
    """Return whether all longer words begin with a capital, as in the title of a work."""
    return all(word[:1].isupper() for word in words if len(word) > 3)  # noqa: PLR2004 - "of", "the"
