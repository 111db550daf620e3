"""French words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "il", "elle", "ils", "elles", "lui", "leur", "leurs", "son", "sa", "ses", "ce", "cet",
    "cette", "ces", "cela", "ceci", "c'est", "c’est", "celui-ci", "celle-ci", "ceux-ci",
    "celles-ci", "mais", "et", "ou", "or", "donc", "car", "cependant", "toutefois",
    "pourtant", "néanmoins", "ainsi", "aussi", "puis", "ensuite", "enfin", "alors",
    "d'ailleurs", "d’ailleurs", "par ailleurs", "de plus", "en outre", "en revanche",
    "au contraire", "par conséquent", "par exemple", "en effet", "entre-temps", "de même",
    "quant à", "tous deux", "toutes deux", "ce dernier", "cette dernière",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
