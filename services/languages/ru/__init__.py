"""Russian."""

from services.languages.language import Language
from services.languages.ru import pages, quotations
from services.languages.ru.stop_words import STOP_WORDS

LANGUAGE = Language(
    code="ru",
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
