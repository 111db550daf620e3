"""The English names of the months."""

MONTHS = (
    (
        "jan",
        "january",
    ),
    (
        "feb",
        "february",
    ),
    (
        "mar",
        "march",
    ),
    (
        "apr",
        "april",
    ),
    ("may",),
    (
        "jun",
        "june",
    ),
    (
        "jul",
        "july",
    ),
    (
        "aug",
        "august",
    ),
    (
        "sep",
        "september",
        "sept",
    ),
    (
        "oct",
        "october",
    ),
    (
        "nov",
        "november",
    ),
    (
        "dec",
        "december",
    ),
)
"""Long and short names, January first."""

MONTH_PREFIXES = tuple("jan feb mar apr may jun jul aug sep sept oct nov dec".split())
"""How the months' names and their abbreviations begin."""
