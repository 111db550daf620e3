"""Find speech without quotation marks: dialogue after dashes, and transcripts with names.

Many languages open direct speech with a dash ("— Мы ждём, — сказала Фалк. — И будем ждать.").
A transcript names the speaker of each paragraph before a colon ("IDA FALK: We had no choice.").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.tagging.paragraphs import Paragraph
from services.tagging.quotes.quotation_marks import OPENING_MARKS
from services.tagging.quotes.quotation_patterns import QuotationPatterns
from services.tagging.quotes.quotations import Quotation

MIN_LINES = 2
"""A transcript has at least so many paragraphs with a name."""

CUE_CHARS = 40
"""How far after a dash the verb of speech is looked for, in characters."""

_DIALOGUE = re.compile(r"\s*(?:[—–―]\s?|- )(?=[\w¿¡«\"“…])")
_DASH = re.compile(r"(?<=[\s,.!?…»])[—–―](?=\s|\w)|(?<=\w)[—–―](?=[\s,.;:])|(?<=[\s,.!?…]) - ")
_AFTER_DASH = re.compile(r"[\s.,;:]*")
_LABEL = re.compile(r"\s*([^\W\d_a-z](?:[^:\n\"“«]{1,48})?)\s?:\s+(?=\S)")
_LETTER = re.compile(r"\s*([^\W\d_a-z])\.\s+(?=\S)")
"""A letter that stands for a question or an answer: "Q. "."""
_LABEL_WORD = re.compile(r"[^\W\d_a-z][\w.'’-]*|(?:von|van|de|der|den|la|le|di|da|bin|al|af)")
_UNKNOWN_CUE = re.compile(
    r"\s*[^\W\d_A-ZÀ-ÖØ-ÞА-Я]\w{2,}(?: [^\W\d_A-ZÀ-ÖØ-ÞА-Я][\w-]*){0,3} [A-ZÀ-ÖØ-ÞА-ЯЁ]"
)
"""A word in lower case, and a name soon after it."""

_SUBJECT_AFTER_VERB = re.compile(
    r"[ -](?:[^\W\d_a-z]|t-)|-(?:il|elle|on|ils|elles)\b|(?: [a-zà-ÿ-]+){1,3} [A-ZÀ-ÖØ-Þ]"
)


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A paragraph of a transcript; offsets count in the text."""

    label_start: int
    label_end: int
    speech: Quotation


def find_transcript(
    paragraphs: Sequence[Paragraph],
    speaker_starts: frozenset[int],
    question_labels: frozenset[str],
) -> list[TranscriptLine]:
    """Return the lines of a transcript in order; empty where the text is none.

    `speaker_starts` are the offsets at which people and organisations are named. A label that
    names neither counts only in capitals, or with two words, and if it occurs again: it may as
    well say "DATE". `question_labels` are those of questions and answers ("q"), which name nobody.
    """
    lines: list[tuple[str, TranscriptLine]] = []
    for number, paragraph in enumerate(paragraphs):
        label = _LABEL.match(paragraph.text) or _LETTER.match(paragraph.text)
        if label is None or paragraph.text[label.end()] in OPENING_MARKS + "'‘":
            continue
        name = label.group(1)
        if paragraph.text[label.end(1)] == "." and name.lower() not in question_labels:
            continue
        if not all(_LABEL_WORD.fullmatch(word) for word in name.split()):
            continue
        start, end = paragraph.start + label.start(1), paragraph.start + label.end(1)
        speech_end = paragraph.start + len(paragraph.text.rstrip())
        speech = Quotation(
            paragraph.start + label.end(), speech_end, number, continued=False, marked=False
        )
        lines.append((name, TranscriptLine(start, end, speech)))
    counts = Counter(name for name, _ in lines)
    kept = [
        line
        for name, line in lines
        if any(line.label_start <= at < line.label_end for at in speaker_starts)
        or ((name.isupper() or " " in name) and counts[name] > 1)
        or name.lower().rstrip(".") in question_labels
    ]
    if len(kept) < MIN_LINES:
        return []
    # In a transcript with names in capitals, every label in capitals is a name.
    return [line for name, line in lines if line in kept or name.isupper()]


def find_dash_dialogue(
    paragraphs: Sequence[Paragraph], patterns: QuotationPatterns
) -> list[Quotation]:
    """Return the speech of the paragraphs that open with a dash, in languages that write so.

    Such a paragraph is dialogue, and no item of a list, if a verb of speech follows a dash or
    a comma in it, or in the paragraph beside it.
    """
    if not patterns.words.dash_dialogue:
        return []
    openings = [_DIALOGUE.match(paragraph.text) for paragraph in paragraphs]
    spoken = [
        list(_speech(paragraph.text, opening.end(), patterns)) if opening else []
        for paragraph, opening in zip(paragraphs, openings, strict=True)
    ]
    has_cue = [len(parts) > 0 and parts[0][2] for parts in spoken]
    found: list[Quotation] = []
    for number, parts in enumerate(spoken):
        if any(has_cue[max(0, number - 1) : number + 2]):
            start = paragraphs[number].start
            found += [
                Quotation(start + a, start + b, number, continued=False, marked=False)
                for a, b, _ in parts
            ]
    return found


def _speech(text: str, start: int, patterns: QuotationPatterns) -> Iterator[tuple[int, int, bool]]:
    """Yield the spoken parts of a paragraph, each with whether the paragraph has a cue."""
    parts: list[tuple[int, int]] = []
    begin, is_open, has_cue = start, True, False
    for dash in _DASH.finditer(text, start):
        if is_open:
            verb = patterns.verb.search(text, dash.end(), dash.end() + CUE_CHARS)
            is_cue = verb is not None and _is_cue(text, dash.end(), verb)
            if not is_cue and not _is_unknown_cue(text, dash):
                continue  # A dash inside of the speech.
            parts.append((begin, dash.start()))
            is_open, has_cue = False, True
        else:
            begin, is_open = _AFTER_DASH.match(text, dash.end()).end(), True  # type: ignore[union-attr]
    if is_open:
        cue = _inserted_cue(text, begin, patterns)
        parts.append((begin, cue if cue is not None else len(text)))
        has_cue = has_cue or cue is not None
    for begin, end in parts:
        spoken = text[begin:end].rstrip(" ,")
        first = end - len(text[begin:end].lstrip())
        if first < begin + len(spoken):
            yield first, begin + len(spoken), has_cue


def _is_cue(text: str, start: int, verb: re.Match[str]) -> bool:
    """Return whether the words between a dash and a verb can be the verb's subject."""
    between = text[start : verb.start()]
    return not re.search(r"[.,!?…—–―]", between)


def _is_unknown_cue(text: str, dash: re.Match[str]) -> bool:
    """Return whether an unknown verb with a name after it follows a dash that ends a clause."""
    ends_clause = text[: dash.start()].rstrip()[-1:] in (",", "!", "?", "…")
    is_attached = text[dash.start() - 1].isspace() and not text[dash.end()].isspace()
    return (ends_clause or is_attached) and _UNKNOWN_CUE.match(text, dash.end()) is not None


def _inserted_cue(text: str, start: int, patterns: QuotationPatterns) -> int | None:
    """Return where ", a dit Falk" begins, without a dash before it, or None."""
    for verb in patterns.verb.finditer(text, start):
        before = text[start : verb.start()].rstrip()
        if before.endswith((",", "!", "?", "…")) and (
            "-t-" in verb.group()
            or _SUBJECT_AFTER_VERB.match(text, verb.end())
            or patterns.subject_after.match(text, verb.end())
        ):
            return start + len(before.rstrip(","))
    return None
