"""Portuguese."""

from services.languages.language import Language
from services.languages.pt import pages
from services.languages.pt.names import NAMES

LANGUAGE = Language(
    code="pt",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    names=NAMES,
)
