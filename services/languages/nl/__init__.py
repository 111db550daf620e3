"""Dutch."""

from services.languages.language import Language
from services.languages.nl import pages
from services.languages.nl.names import NAMES

LANGUAGE = Language(
    code="nl",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    names=NAMES,
)
