"""The words by which names of people, organisations and places are recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """The words of one language that belong to names or stand beside them.

    All words are in lower case unless the field says otherwise.
    """

    never_names: frozenset[str] = frozenset()
    """Single words that are never a name by themselves, whatever a model says."""
    common_nouns: frozenset[str] = frozenset()
    """Nouns that often open a sentence, where models take them for names ("turnout")."""
    sentence_openers: frozenset[str] = frozenset()
    """Function words that begin no name, although they have a capital where they open a sentence,
    and that are no verbs."""
    stop_words: frozenset[str] = frozenset()
    """Function words that occur in every text; rejected as aliases in the gazetteer."""
    articles: frozenset[str] = frozenset()
    """Articles that stand before a name and do not belong to it."""
    honorifics: frozenset[str] = frozenset()
    """Forms of address and ranks before a person's name, without a final dot ("mr", "cpl")."""
    address_words: frozenset[str] = frozenset()
    """Those of them that nothing but a person follows; with a final dot where only the
    abbreviation counts ("mrs", "gov.")."""
    feminine_honorifics: frozenset[str] = frozenset()
    """Those of them that address a woman."""
    masculine_honorifics: frozenset[str] = frozenset()
    """Those of them that address a man."""
    feminine_names: frozenset[str] = frozenset()
    """Frequent given names of women."""
    masculine_names: frozenset[str] = frozenset()
    """Frequent given names of men."""
    borrowed_given_names: frozenset[str] = frozenset()
    """Given names that are also a month, a place or another word ("june", "paris")."""
    particles: frozenset[str] = frozenset()
    """Small words that begin or join a person's or a place's name ("van", "de la")."""
    generation_suffixes: frozenset[str] = frozenset()
    """Words after a surname ("jr", "jr.", "iii"), with and without their dot."""
    short_given_names: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """By a short given name ("bill"), the names that it is short for ("william")."""
    leading_family_names: frozenset[str] = frozenset()
    """Frequent family names that stand before the given name, in Latin letters ("xi", "kim")."""
    office_endings: tuple[str, ...] = ()
    """Endings of nouns that name an office or a trade ("-istin"), as patterns."""
    offices: frozenset[str] = frozenset()
    """Words before a name that show it to be a person's ("president", "coach")."""
    royal_titles: frozenset[str] = frozenset()
    """Those of the offices that stay part of the name ("king", "pope")."""
    portfolios: frozenset[str] = frozenset()
    """Fields of ministers, which models take for organisations ("Defence" Minister)."""
    organisation_heads: tuple[str, ...] = ()
    """Last words that make a name an organisation's, capitalised as they are written."""
    organisation_openers: frozenset[str] = frozenset()
    """First words that make a name an organisation's ("université")."""
    organisation_endings: frozenset[str] = frozenset()
    """Last words of organisations named after people and places ("hospital")."""
    place_openers: frozenset[str] = frozenset()
    """First words of streets, squares and the like ("rue", "piazza")."""
    place_endings: frozenset[str] = frozenset()
    """Last words of streets, squares and the like ("boulevard")."""
    person_place_endings: frozenset[str] = frozenset()
    """Those that are places only after a person's full name ("way")."""
    place_announcers: frozenset[str] = frozenset()
    """One or two words, after which the name of a known place is most often the place ("road
    to")."""
    names_with_possessive: frozenset[str] = frozenset()
    """Well-known names that end in 's ("mcdonald's")."""
    page_labels: frozenset[str] = frozenset()
    """Words of links beside an article, which models take for names ("courriel")."""
    byline_words: frozenset[str] = frozenset()
    """Words that open the line with the author's name ("by")."""
    site_endings: frozenset[str] = frozenset()
    """Last parts of names of sites, after a dot ("com", "net")."""
    organisation_kinds: frozenset[str] = frozenset()
    """Words with which news refers to an organisation that it has named ("the Commission"), and
    which are not the whole name of another one, as "Senate" and "Congress" are."""
    known_acronyms: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """By an acronym, the names of the only organisation for which it stands ("un")."""
    organisation_nicknames: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """By a word that news uses for an organisation ("alliance"), names of that organisation which
    do not contain the word ("nato")."""
    legal_forms: frozenset[str] = frozenset()
    """Legal forms of companies, as the last word of a name ("inc", "gmbh")."""
    written_legal_forms: tuple[str, ...] = ()
    """Legal forms, in the case in which they follow a company's name in a text ("GmbH")."""
    acronym_link_words: frozenset[str] = frozenset()
    """Words of a name that its acronym may leave out ("of", "des")."""
    place_kinds: frozenset[str] = frozenset()
    """Words which, followed by "of", announce a place name ("town", "province")."""
    demonym_endings: tuple[str, ...] = ()
    """Endings that make a country's name into its people's ("ian"), as patterns, tried in order."""
