"""German."""

from services.languages.de import pages
from services.languages.de.names import NAMES
from services.languages.language import Language

LANGUAGE = Language(
    code="de",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    names=NAMES,
)
