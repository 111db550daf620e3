"""Russian."""

from services.languages.language import Language
from services.languages.ru import pages
from services.languages.ru.names import NAMES
from services.languages.ru.quotations import QUOTATIONS

LANGUAGE = Language(
    code="ru",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    names=NAMES,
    quotations=QUOTATIONS,
)
