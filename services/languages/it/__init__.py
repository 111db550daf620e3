"""Italian."""

from services.languages.it import dates, pages
from services.languages.it.names import NAMES
from services.languages.language import Language

LANGUAGE = Language(
    code="it",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    login_labels=pages.LOGIN_LABELS,
    names=NAMES,
)
