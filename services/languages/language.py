"""What the stages know about one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    months: tuple[tuple[str, ...], ...] = ()
    """Names of the twelve months, long and short, January first."""

    byline_prefixes: tuple[str, ...] = ()
    """Words before an author's name, with the white space after them; regular expressions."""
    byline_suffixes: tuple[str, ...] = ()
    """Dates and remarks after an author's name; regular expressions."""
    author_conjunctions: tuple[str, ...] = ()
    """Words between the names of two authors."""
    update_labels: tuple[str, ...] = ()
    """Words before the date on which an article was changed."""

    login_labels: tuple[str, ...] = ()
    """Labels of login pages and their links; regular expressions."""
    read_more_labels: tuple[str, ...] = ()
    """Labels at the end of a teaser that lead to the full article; regular expressions."""
    paywall_labels: tuple[str, ...] = ()
    """Labels after the free part of an article; regular expressions."""
    line_labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Labels of lines beside an article, by kind (`line_labels.py`); regular expressions."""

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
