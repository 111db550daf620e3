"""Portuguese."""

from services.languages.language import Language
from services.languages.pt import dates, pages
from services.languages.pt.names import NAMES

LANGUAGE = Language(
    code="pt",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    names=NAMES,
)
