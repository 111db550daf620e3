"""What the stages know about one language."""

from __future__ import annotations

from dataclasses import dataclass

from services.languages.date_mention_words import DateMentionWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The word lists of one language.

    A list that a language does not have yet stays at its empty default, and the rule that
    would use it does nothing for that language. All words are in lower case unless the field
    says otherwise.
    """

    code: str
    """ISO 639-1 code; the name of the language's folder."""
    months: tuple[str, ...] = ()
    """The names of the twelve months, long and short, separated by spaces."""
    byline_prepositions: tuple[str, ...] = ()
    """Words that introduce the author in a byline, as "by" does."""
    update_words: tuple[str, ...] = ()
    """Words that mark a date as that of a change."""
    login_words: tuple[str, ...] = ()
    """What a login page asks for, as patterns."""
    stop_words: frozenset[str] = frozenset()
    """Words that occur in every text; as aliases of the gazetteer they are refused."""
    speech_verbs: tuple[str, ...] = ()
    """Verbs that mark speech, in the forms in which they stand beside a quote."""
    pronouns: tuple[str, ...] = ()
    """Pronouns that can be the subject of such a verb."""
    according_to: tuple[str, ...] = ()
    """Words after which a speaker is named."""
    articles: tuple[str, ...] = ()
    """Articles that begin the description of a speaker."""
    date_mentions: DateMentionWords | None = None
    """None where the language has no words; its texts are then searched for the English ones."""
