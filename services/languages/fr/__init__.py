"""French."""

from services.languages.fr import pages, quotes
from services.languages.fr.stop_words import STOP_WORDS
from services.languages.language import Language

LANGUAGE = Language(
    code="fr",
    months=pages.MONTHS,
    byline_prepositions=pages.BYLINE_PREPOSITIONS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    stop_words=STOP_WORDS,
    speech_verbs=quotes.SPEECH_VERBS,
    pronouns=quotes.PRONOUNS,
    according_to=quotes.ACCORDING_TO,
    articles=quotes.ARTICLES,
)
