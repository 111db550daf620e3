"""Word lists of all languages together, as the document rules use them.

The words themselves are in `services/languages/<code>/`. The rules apply to every article,
for an English article names people and companies from everywhere.
"""

from __future__ import annotations

from functools import cache

from services.languages.registry import languages, words_of_all_languages

NEVER_NAMES = words_of_all_languages(lambda language: language.names.never_names)
"""Single words that are never a name by themselves, whatever a model says."""

COMMON_NOUNS = words_of_all_languages(lambda language: language.names.common_nouns)
"""Nouns that open sentences, which are no names by themselves."""

FUNCTION_WORDS = words_of_all_languages(
    lambda language: language.names.sentence_openers | language.names.stop_words
) | words_of_all_languages(
    lambda language: language.quotations.clause_joiners if language.quotations else ()
)
"""Words in lower case that are no verbs: prepositions, conjunctions, pronouns."""

STOP_WORDS = NEVER_NAMES | words_of_all_languages(lambda language: language.names.stop_words)
"""Words that occur in every text; a gazetteer alias that is one of them is rejected."""

MAX_SHORT_TITLE = 3
"""Up to this length a form of address counts only in its own language and from English: "Don"
is a given name in an English text, and "M." an initial."""

HONORIFICS = languages()["en"].names.honorifics | frozenset(
    word
    for word in words_of_all_languages(lambda language: language.names.honorifics)
    if len(word) > MAX_SHORT_TITLE
)
"""Forms of address and ranks: a person's name follows, and they are not part of it."""

FEMININE_HONORIFICS = words_of_all_languages(lambda language: language.names.feminine_honorifics)
"""Forms of address of women."""

MASCULINE_HONORIFICS = words_of_all_languages(lambda language: language.names.masculine_honorifics)
"""Forms of address of men."""

FEMININE_NAMES = words_of_all_languages(lambda language: language.names.feminine_names)
"""Given names of women."""

MASCULINE_NAMES = words_of_all_languages(lambda language: language.names.masculine_names)
"""Given names of men."""

BORROWED_GIVEN_NAMES = words_of_all_languages(lambda language: language.names.borrowed_given_names)
"""Given names that are also a month, a place or another word."""

ARTICLES = words_of_all_languages(lambda language: language.names.articles)
"""Articles before a name that are not part of it."""

PARTICLES = words_of_all_languages(lambda language: language.names.particles)
"""Small words that begin or join a person's or a place's name."""

GENERATION_SUFFIXES = words_of_all_languages(lambda language: language.names.generation_suffixes)
"""Words after a surname that are not part of it."""

OFFICES = words_of_all_languages(lambda language: language.names.offices)
"""Words before a name that show it to be a person's."""

STRIPPED_OFFICES = OFFICES - words_of_all_languages(lambda language: language.names.royal_titles)
"""Offices that are not part of the name after them."""

PORTFOLIOS = words_of_all_languages(lambda language: language.names.portfolios)
"""Fields of ministers, which models take for organisations."""

ORGANISATION_HEADS = tuple(
    head for language in languages().values() for head in language.names.organisation_heads
)
"""Last words that make a name an organisation's, capitalised."""

ORGANISATION_OPENERS = words_of_all_languages(lambda language: language.names.organisation_openers)
"""First words that make a name an organisation's."""

PLACE_OPENERS = words_of_all_languages(lambda language: language.names.place_openers)
"""First words of streets, squares and the like."""

PLACE_ENDINGS = words_of_all_languages(lambda language: language.names.place_endings)
"""Last words of streets, squares and the like."""

PERSON_PLACE_ENDINGS = words_of_all_languages(lambda language: language.names.person_place_endings)
"""Last words of streets and the like after a person's full name."""

PLACE_ANNOUNCERS = words_of_all_languages(lambda language: language.names.place_announcers)
"""One or two words before the name of a place."""

NAMES_WITH_POSSESSIVE = words_of_all_languages(
    lambda language: language.names.names_with_possessive
)
"""Well-known names that end in 's."""

PAGE_LABELS = words_of_all_languages(lambda language: language.names.page_labels)
"""Words of links beside an article."""

BYLINE_WORDS = words_of_all_languages(lambda language: language.names.byline_words)
"""Words that open the line with the author's name."""

SITE_ENDINGS = words_of_all_languages(lambda language: language.names.site_endings)
"""Last parts of names of sites, after a dot."""

ORGANISATION_ENDINGS = words_of_all_languages(
    lambda language: language.names.organisation_endings
) | frozenset(head.lower() for head in ORGANISATION_HEADS)
"""Last words that make a name an organisation's, in lower case."""

LEGAL_FORMS = words_of_all_languages(lambda language: language.names.legal_forms)
"""Legal forms of companies, in lower case."""

WRITTEN_LEGAL_FORMS = tuple(
    form for language in languages().values() for form in language.names.written_legal_forms
)
"""Legal forms of companies, in the case in which they are written."""

ACRONYM_LINK_WORDS = words_of_all_languages(lambda language: language.names.acronym_link_words)
"""Words of a name that its acronym may leave out."""

PLACE_KINDS = words_of_all_languages(lambda language: language.names.place_kinds)
"""Words which, followed by "of", announce a place name."""

DEMONYM_ENDINGS = tuple(
    ending for language in languages().values() for ending in language.names.demonym_endings
)
"""Endings that make a country's name into its people's, as patterns."""

HEADLINE_FUNCTION_WORDS = words_of_all_languages(lambda language: language.headline_function_words)
"""Words that headlines use and names seldom contain."""

HEADLINE_WORDS = words_of_all_languages(lambda language: language.headline_words)
"""Nouns and verbs that headlines use and few names contain."""

GIVEN_NAMES = FEMININE_NAMES | MASCULINE_NAMES
"""Given names of women and men."""

MONTH_PREFIXES = tuple(
    prefix for language in languages().values() for prefix in language.month_prefixes
)
"""The letters that the months' names and abbreviations begin with."""

SPEECH_VERBS = words_of_all_languages(
    lambda language: language.quotations.speech_verbs if language.quotations else ()
)
"""Verb forms that mark speech."""

QUOTATION_ELISIONS = words_of_all_languages(
    lambda language: language.quotations.elisions if language.quotations else ()
)
"""Words written with an opening apostrophe, which is no quotation mark."""

SPORT_ONLY_WORDS = words_of_all_languages(lambda language: language.sport.sport_only)
"""Words that only sports reports use."""

SHARED_SPORT_WORDS = words_of_all_languages(lambda language: language.sport.also_sport)
"""Words that sports reports share with other news."""

TEAM_NICKNAMES = words_of_all_languages(lambda language: language.sport.team_nicknames)
"""Last words of teams that are named after a town."""

SPORT_NICKNAMES = words_of_all_languages(lambda language: language.sport.sport_nicknames)
"""Last words of teams that are named after a town, in sports reports."""

TEAM_OPENERS = words_of_all_languages(lambda language: language.sport.team_openers)
"""First words of teams that are named after a town."""

WORDS_AFTER_TEAM = words_of_all_languages(lambda language: language.sport.after_team)
"""Words right after a team's name, as patterns."""

WORDS_BEFORE_TEAM = words_of_all_languages(lambda language: language.sport.before_team)
"""Words right before a team's name."""

PLACE_PREPOSITIONS = words_of_all_languages(lambda language: language.sport.place_prepositions)
"""Prepositions before a name that mean the place and not its team."""


@cache
def honorifics_of(language: str) -> frozenset[str]:
    """Return the forms of address for a text in a language (ISO 639-1), its short ones too."""
    known = languages().get(language)
    return HONORIFICS if known is None else HONORIFICS | known.names.honorifics


@cache
def address_words_of(language: str) -> frozenset[str]:
    """Return the forms of address that nothing but a person follows, for texts in a language."""
    known = languages().get(language)
    long = frozenset(
        word
        for word in words_of_all_languages(lambda one: one.names.address_words)
        if len(word) > MAX_SHORT_TITLE and not word.endswith(".")
    )
    own = known.names.address_words if known is not None else frozenset()
    return languages()["en"].names.address_words | long | own


@cache
def articles_of(language: str) -> frozenset[str]:
    """Return the articles and other function words that may stand before a company's name."""
    known = languages().get(language)
    if known is None or known.quotations is None:
        return frozenset()
    return known.names.sentence_openers.union(known.quotations.description_articles)


def alternatives(words: frozenset[str]) -> str:
    """Return the words as alternatives of a regular expression, sorted to be reproducible."""
    return "|".join(sorted(words))
