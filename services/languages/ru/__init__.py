"""Russian."""

from services.languages.language import Language
from services.languages.ru import dates, pages
from services.languages.ru.names import NAMES
from services.languages.ru.quotations import QUOTATIONS

LANGUAGE = Language(
    code="ru",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    update_labels=pages.UPDATE_LABELS,
    login_labels=pages.LOGIN_LABELS,
    names=NAMES,
    quotations=QUOTATIONS,
)
