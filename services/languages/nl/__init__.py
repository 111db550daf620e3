"""Dutch."""

from services.languages.language import Language
from services.languages.nl import dates, pages
from services.languages.nl.names import NAMES

LANGUAGE = Language(
    code="nl",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    names=NAMES,
)
