"""The patterns by which a language attributes a quotation to its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from services.languages.quotation_words import QuotationWords
from services.languages.registry import languages
from services.tagging.word_lists import CLAUSE_JOINERS

FALLBACK_LANGUAGE = "en"
"""Its patterns are used for a language without its own."""

MAX_DESCRIPTION_WORDS = 3
"""Words of a description after its article: "the harbour master"."""


@dataclass(frozen=True, slots=True)
class QuotationPatterns:
    """The compiled patterns of one language."""

    verb: re.Pattern[str]
    """A speech verb."""
    pronoun: re.Pattern[str]
    """A pronoun that can be the subject of a speech verb."""
    attribution: re.Pattern[str]
    """A phrase after which the speaker is named."""
    description: re.Pattern[str]
    """An article and up to three words at the end of a text: "the harbour master"."""


def patterns_of(language: str) -> QuotationPatterns:
    """Return the patterns of a language (a BCP 47 tag), or else the English ones."""
    return _patterns_by_language().get(
        language.partition("-")[0], _patterns_by_language()[FALLBACK_LANGUAGE]
    )


@cache
def _patterns_by_language() -> dict[str, QuotationPatterns]:
    return {
        code: _compile(language.quotations)
        for code, language in languages().items()
        if language.quotations is not None
    }


def _compile(words: QuotationWords) -> QuotationPatterns:
    articles, joiners = _alternatives(words.description_articles), _alternatives(CLAUSE_JOINERS)
    description_word = rf" (?!(?:{joiners})\b)[^\W\d_][\w'’-]*"
    return QuotationPatterns(
        verb=_whole_words(words.speech_verbs),
        pronoun=_whole_words(words.subject_pronouns),
        attribution=_whole_words(words.attribution_phrases),
        description=re.compile(
            rf"\b(?:{articles})(?:{description_word}){{1,{MAX_DESCRIPTION_WORDS}}}$",
            re.IGNORECASE,
        ),
    )


def _whole_words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(words)})\b", re.IGNORECASE)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
