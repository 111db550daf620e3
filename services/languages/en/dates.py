"""The English names of the months."""

MONTH_PREFIXES = tuple("jan feb mar apr may jun jul aug sep sept oct nov dec".split())
"""How the months' names and their abbreviations begin."""
