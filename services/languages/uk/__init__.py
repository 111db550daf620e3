"""Ukrainian."""

from services.languages.language import Language
from services.languages.uk import dates, pages

LANGUAGE = Language(
    code="uk",
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    login_labels=pages.LOGIN_LABELS,
)
