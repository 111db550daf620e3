"""English."""

from services.languages.en import pages, quotes
from services.languages.en.date_mentions import DATE_MENTIONS
from services.languages.en.stop_words import STOP_WORDS
from services.languages.language import Language

LANGUAGE = Language(
    code="en",
    months=pages.MONTHS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    stop_words=STOP_WORDS,
    speech_verbs=quotes.SPEECH_VERBS,
    pronouns=quotes.PRONOUNS,
    according_to=quotes.ACCORDING_TO,
    articles=quotes.ARTICLES,
    date_mentions=DATE_MENTIONS,
)
