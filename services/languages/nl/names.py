"""Dutch words that belong to names."""

from services.languages.name_words import NameWords

NAMES = NameWords(particles=frozenset("van der den ter ten".split()))
