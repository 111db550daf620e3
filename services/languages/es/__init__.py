"""Spanish."""

from services.languages.es import pages
from services.languages.es.names import NAMES
from services.languages.language import Language

LANGUAGE = Language(
    code="es",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    names=NAMES,
)
