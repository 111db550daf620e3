"""What the stages know about one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from services.languages.name_words import NameWords
from services.languages.quotation_words import QuotationWords
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
    months: tuple[str, ...] = ()
    """The names of the twelve months, long and short, separated by spaces."""
    byline_prepositions: tuple[str, ...] = ()
    """Words that introduce the author in a byline, as "by" does."""
    update_words: tuple[str, ...] = ()
    """Words that mark a date as that of a change."""
    login_words: tuple[str, ...] = ()
    """What a login page asks for, as patterns."""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations whose dot does not end a sentence, without that dot."""
    month_prefixes: tuple[str, ...] = ()
    """The letters that the names and abbreviations of the months begin with, in order."""
    headline_function_words: frozenset[str] = frozenset()
    """Words that headlines use and names seldom contain; used to undo capitals in headlines."""
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
