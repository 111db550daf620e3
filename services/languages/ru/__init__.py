"""Russian."""

from services.languages.language import Language
from services.languages.ru import pages, quotes
from services.languages.ru.stop_words import STOP_WORDS

LANGUAGE = Language(
    code="ru",
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
