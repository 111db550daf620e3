"""French."""

from services.languages.fr import pages
from services.languages.fr.names import NAMES
from services.languages.fr.quotations import QUOTATIONS
from services.languages.language import Language

LANGUAGE = Language(
    code="fr",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    names=NAMES,
    quotations=QUOTATIONS,
)
