"""French words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    stop_words=frozenset(
        "le la les un une des du de et est il elle on ne pas que qui dans pour sur au aux avec ce"
        " cette ces son sa ses se par plus mais ou où ils elles nous vous je tu leur y".split()
    ),
    particles=frozenset("de du des la le d l".split()),
    acronym_link_words=frozenset("de la des du et".split()),
)
