"""Spanish."""

from services.languages.es import dates, pages
from services.languages.es.names import NAMES
from services.languages.language import Language

LANGUAGE = Language(
    code="es",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    update_labels=pages.UPDATE_LABELS,
    login_labels=pages.LOGIN_LABELS,
    names=NAMES,
)
