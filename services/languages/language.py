"""What the stages know about one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from services.languages.date_mention_words import DateMentionWords
from services.languages.name_words import NameWords
from services.languages.quotation_words import QuotationWords
from services.languages.relative_date_words import RelativeDateWords
from services.languages.sport_words import SportWords


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
    attached_conjunction: str = ""
    """A conjunction that is written together with the name after it."""
    names_like_attached: frozenset[str] = frozenset()
    """Names that begin with the letters of `attached_conjunction`."""
    picture_labels: tuple[str, ...] = ()
    """Words before the name of who made the pictures of an article; regular expressions."""
    helper_labels: tuple[str, ...] = ()
    """Words before the name of who only reviewed, edited or translated; regular expressions."""
    byline_noise: frozenset[str] = frozenset()
    """Words of links and labels beside an author's name that belong to no name ("follow")."""
    outlet_words: frozenset[str] = frozenset()
    """Last words of the names of outlets and agencies ("press"), or their last characters."""
    role_words: frozenset[str] = frozenset()
    """Words of what an author is, beside the name ("correspondent")."""
    home_labels: tuple[str, ...] = ()
    """Names of the front page in breadcrumbs."""
    genre_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By genre of the contract (`opinion`), the names of sections and labels that state it."""
    published_labels: tuple[str, ...] = ()
    """Words before the date on which an article was published."""
    update_labels: tuple[str, ...] = ()
    """Words before the date on which an article was changed."""
    relative_dates: RelativeDateWords | None = None
    """None where the language has no words; the English ones are then tried."""

    login_labels: tuple[str, ...] = ()
    """Labels of login pages and their links; regular expressions."""
    read_more_labels: tuple[str, ...] = ()
    """Labels at the end of a teaser that lead to the full article; regular expressions."""
    paywall_labels: tuple[str, ...] = ()
    """Labels after the free part of an article; regular expressions."""
    newsletter_labels: tuple[str, ...] = ()
    """Words of lines that offer a newsletter, in languages without `line_labels`; regular
    expressions."""
    line_labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Labels of lines beside an article, by kind (`line_labels.py`); regular expressions."""

    comment_words: tuple[str, ...] = ()
    """Words that head the comments of readers, alone or with their number."""

    broadcast_labels: tuple[str, ...] = ()
    """Words before the name of the programme on air, on pages of broadcasters ("on air now")."""

    date_mentions: DateMentionWords | None = None
    """None where the language has no words; its texts are then searched for the English ones."""
    backward_openers: tuple[str, ...] = ()
    """Words with which a sentence begins that refers to an earlier one: pronouns, connectors."""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations whose dot does not end a sentence, without that dot."""
    month_prefixes: tuple[str, ...] = ()
    """The letters that the names and abbreviations of the months begin with, in order."""
    headline_function_words: frozenset[str] = frozenset()
    """Words that headlines use and names seldom contain; used to undo capitals in headlines."""
    headline_words: frozenset[str] = frozenset()
    """Nouns and verbs that headlines use and few names contain; used like the former."""
    country_aliases: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """By ISO 3166-1 code, names of countries that the place libraries do not list."""
    state_abbreviations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By postal code, how news abbreviates states of the United States after a town's name."""
    names: NameWords = field(default_factory=NameWords)
    quotations: QuotationWords | None = None
    """None where the language has no list; quotations are then attributed by the English one."""
    sport: SportWords = field(default_factory=SportWords)
