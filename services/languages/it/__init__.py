"""Italian."""

from services.languages.it import pages
from services.languages.it.names import NAMES
from services.languages.language import Language

LANGUAGE = Language(
    code="it",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    login_words=pages.LOGIN_WORDS,
    names=NAMES,
)
