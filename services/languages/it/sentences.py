"""Italian words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "egli", "ella", "lui", "lei", "essi", "esse", "loro", "esso", "essa", "suo", "sua",
    "suoi", "sue", "questo", "questa", "questi", "queste", "ciò", "quello", "quella",
    "quelli", "quelle", "ma", "e", "ed", "o", "però", "tuttavia", "inoltre", "anche",
    "quindi", "perciò", "dunque", "così", "poi", "infine", "intanto", "invece", "ad esempio",
    "per esempio", "al contrario", "di conseguenza", "entrambi", "entrambe", "nel frattempo",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
