"""German words that belong to names."""

from services.languages.name_words import NameWords

NAMES = NameWords(particles=frozenset("von zu zum zur der".split()))
