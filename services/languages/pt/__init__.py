"""Portuguese."""

from services.languages.language import Language
from services.languages.pt import dates, pages
from services.languages.pt.names import NAMES

LANGUAGE = Language(
    code="pt",
    months=dates.MONTHS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    names=NAMES,
)
