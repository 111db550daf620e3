"""English."""

from services.languages.en import pages, quotations
from services.languages.en.stop_words import STOP_WORDS
from services.languages.language import Language

LANGUAGE = Language(
    code="en",
    months=pages.MONTHS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    stop_words=STOP_WORDS,
    speech_verbs=quotations.SPEECH_VERBS,
    pronouns=quotations.PRONOUNS,
    according_to=quotations.ACCORDING_TO,
    articles=quotations.ARTICLES,
)
