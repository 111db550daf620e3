"""French."""

from services.languages.fr import dates, pages
from services.languages.fr.names import NAMES
from services.languages.fr.quotations import QUOTATIONS
from services.languages.language import Language

LANGUAGE = Language(
    code="fr",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    author_conjunctions=pages.AUTHOR_CONJUNCTIONS,
    update_labels=pages.UPDATE_LABELS,
    login_labels=pages.LOGIN_LABELS,
    names=NAMES,
    quotations=QUOTATIONS,
)
