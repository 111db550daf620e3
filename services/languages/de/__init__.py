"""German."""

from services.languages.de import dates, pages
from services.languages.de.names import NAMES
from services.languages.language import Language

LANGUAGE = Language(
    code="de",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    author_conjunctions=pages.AUTHOR_CONJUNCTIONS,
    update_labels=pages.UPDATE_LABELS,
    login_labels=pages.LOGIN_LABELS,
    names=NAMES,
)
