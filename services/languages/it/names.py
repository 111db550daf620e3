"""Italian words that belong to names."""

from services.languages.name_words import NameWords

NAMES = NameWords(particles=frozenset("de della di dal d".split()))
