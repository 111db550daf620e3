"""The patterns by which a language attributes a quotation to its speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from services.languages.quotation_words import QuotationWords
from services.languages.registry import languages
from services.tagging.word_pattern import compile_words, words_pattern

FALLBACK_LANGUAGE = "en"
"""Its patterns are used for a language without its own."""

MAX_DESCRIPTION_WORDS = 3
"""Words of a description after its article: "the harbour master"."""


@dataclass(frozen=True, slots=True)
class QuotationPatterns:
    """The compiled patterns and the words of one language."""

    words: QuotationWords
    verb: re.Pattern[str]
    """A speech verb."""
    weak_verb: re.Pattern[str]
    """A verb that marks speech only right beside a quotation."""
    pronoun: re.Pattern[str]
    """A pronoun that can be the subject of a speech verb."""
    subject_after: re.Pattern[str]
    """A blank and a word with which the subject of an inverted verb begins: " le maire"."""
    attribution: re.Pattern[str]
    """A phrase after which the speaker is named."""
    description: re.Pattern[str]
    """An article and up to three words at the end of a text: "the harbour master"."""
    naming_words: frozenset[str]
    """Words before a quotation mark after which no speech follows, in lower case."""


def patterns_of(language: str) -> QuotationPatterns:
    """Return the patterns of a language (a BCP 47 tag), or else the English ones."""
    code = language.partition("-")[0]
    return _patterns(code if _has_words(code) else FALLBACK_LANGUAGE)


def _has_words(code: str) -> bool:
    language = languages().get(code)
    return language is not None and language.quotations is not None


@cache
def _patterns(code: str) -> QuotationPatterns:
    words = languages()[code].quotations
    assert words is not None
    return _compile(words)


def _compile(words: QuotationWords) -> QuotationPatterns:
    joiners = words_pattern(words.clause_joiners)
    description_word = rf" (?!{joiners})[^\W\d_][\w'’-]*"
    whole = not words.written_without_blanks
    return QuotationPatterns(
        words=words,
        verb=compile_words(words.speech_verbs, whole=whole),
        weak_verb=compile_words(words.weak_speech_verbs, whole=whole),
        pronoun=compile_words(words.subject_pronouns, whole=whole),
        subject_after=re.compile(
            rf" (?:{words_pattern((*words.description_articles, *words.subject_pronouns))}|l['’])",
            re.IGNORECASE,
        ),
        attribution=compile_words(words.attribution_phrases, whole=whole),
        description=re.compile(
            rf"{words_pattern(words.description_articles)}"
            rf"(?:{description_word}){{1,{MAX_DESCRIPTION_WORDS}}}$",
            re.IGNORECASE,
        ),
        naming_words=frozenset(word.lower() for word in words.naming_words),
    )
