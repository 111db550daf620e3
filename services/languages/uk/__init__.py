"""Ukrainian."""

from services.languages.language import Language
from services.languages.uk import dates, pages

LANGUAGE = Language(
    code="uk",
    months=dates.MONTHS,
    login_labels=pages.LOGIN_LABELS,
)
