"""Portuguese."""

from services.languages.language import Language
from services.languages.pt import pages

LANGUAGE = Language(
    code="pt",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
)
