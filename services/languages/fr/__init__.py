"""French."""

from services.languages.fr import pages, quotations
from services.languages.fr.stop_words import STOP_WORDS
from services.languages.language import Language

LANGUAGE = Language(
    code="fr",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    stop_words=STOP_WORDS,
    speech_verbs=quotations.SPEECH_VERBS,
    pronouns=quotations.PRONOUNS,
    according_to=quotations.ACCORDING_TO,
    articles=quotations.ARTICLES,
)
