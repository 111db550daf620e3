"""Dutch."""

from services.languages.language import Language
from services.languages.nl import pages

LANGUAGE = Language(
    code="nl",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
)
