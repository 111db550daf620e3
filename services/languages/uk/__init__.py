"""Ukrainian."""

from services.languages.language import Language
from services.languages.uk import pages

LANGUAGE = Language(
    code="uk",
    months=pages.MONTHS,
    login_words=pages.LOGIN_WORDS,
)
