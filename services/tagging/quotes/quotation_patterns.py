"""Patterns of the words by which a language says who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from services.languages.language import Language
from services.languages.registry import languages

DEFAULT_LANGUAGE = "en"
"""Taken for a language that has no words of its own."""

_CONJUNCTIONS = "and|but|or|who|which|that|also|et|mais|qui|и|но|что"
"""Words that end a description, because another clause follows."""
_WORD = r"[^\W\d_][\w'’-]*"


@dataclass(frozen=True, slots=True)
class QuoteWords:
    """Patterns of one language; each matches from where it is tried or found."""

    verb: re.Pattern[str]
    """A verb that marks speech."""
    pronoun: re.Pattern[str]
    """A pronoun that can be its subject."""
    according: re.Pattern[str]
    """Words after which the speaker is named."""
    description: re.Pattern[str]
    """An article and up to three words that end right before the verb: "the harbour master"."""


def words_of(language: str) -> QuoteWords:
    """Return the patterns of a language (BCP 47 tag), or the English ones if it has none."""
    code = language.partition("-")[0]
    known = languages().get(code)
    return _compiled(code if known is not None and known.speech_verbs else DEFAULT_LANGUAGE)


@cache
def _compiled(code: str) -> QuoteWords:
    language: Language = languages()[code]
    articles = _alternatives(language.articles)
    return QuoteWords(
        re.compile(rf"\b(?:{_alternatives(language.speech_verbs)})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{_alternatives(language.pronouns)})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{_alternatives(language.according_to)})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:{articles})(?: (?!(?:{_CONJUNCTIONS})\b){_WORD}){{1,3}}$", re.IGNORECASE
        ),
    )


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in words)
