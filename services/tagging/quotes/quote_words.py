"""The words by which three languages say who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.tagging.entities.word_lists import SPEECH_VERBS


@dataclass(frozen=True)
class QuoteWords:
    """Patterns of one language; each matches from where it is tried or found."""

    verb: re.Pattern[str]
    """A verb that marks speech."""
    pronoun: re.Pattern[str]
    """A pronoun that can be its subject."""
    according: re.Pattern[str]
    """Words after which the speaker is named."""
    description: re.Pattern[str]
    """An article and up to four words that end right before the verb: "the harbour master"."""


def _words(words: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in words.split(","))


_JOINTS = "and|but|or|who|which|that|also|et|mais|qui|и|но|что"
"""Words that end a description: what follows them is another clause."""


def _make(verbs: str, pronouns: str, according: str, articles: str) -> QuoteWords:
    word = r"[^\W\d_][\w'’-]*"
    return QuoteWords(
        re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{pronouns})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{according})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{articles})(?: (?!(?:{_JOINTS})\b){word}){{1,3}}$", re.IGNORECASE),
    )


ENGLISH = _make("|".join(sorted(SPEECH_VERBS)), "he|she|they", "according to", "the|a|an|one")
FRENCH = _make(
    _words(
        "a déclaré,a dit,a affirmé,a ajouté,a expliqué,a indiqué,a estimé,a souligné,a précisé,"
        "a annoncé,a assuré,a confié,a répondu,a lancé,a rappelé,a regretté,déclare,dit,affirme,"
        "ajoute,explique,indique,estime,souligne,précise,assure,confie,répond,lance,rappelle"
    ),
    "il|elle|ils|elles|t-il|t-elle",
    "selon|d'après|d’après",
    "le|la|les|un|une|l'|l’",
)
RUSSIAN = _make(
    _words(
        "сказал,сказала,сказали,заявил,заявила,заявили,сообщил,сообщила,сообщили,отметил,"
        "отметила,отметили,добавил,добавила,подчеркнул,подчеркнула,рассказал,рассказала,пояснил,"
        "пояснила,объяснил,объяснила,написал,написала,уточнил,уточнила,говорит,считает,"
        "утверждает,ответил,ответила,цитирует,передает,указал,указала"
    ),
    "он|она|они",
    "по словам|по мнению|согласно",
    "этот|эта",
)

BY_LANGUAGE = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN}


def words_of(language: str) -> QuoteWords:
    """Return the words of a language; for one without its own, the English ones."""
    return BY_LANGUAGE.get(language.partition("-")[0], ENGLISH)
