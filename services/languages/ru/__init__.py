"""Russian."""

from services.languages.language import Language
from services.languages.ru import dates, pages, quotes
from services.languages.ru.stop_words import STOP_WORDS

LANGUAGE = Language(
    code="ru",
    months=dates.MONTHS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    update_labels=pages.UPDATE_LABELS,
    login_labels=pages.LOGIN_LABELS,
    stop_words=STOP_WORDS,
    speech_verbs=quotes.SPEECH_VERBS,
    pronouns=quotes.PRONOUNS,
    according_to=quotes.ACCORDING_TO,
    articles=quotes.ARTICLES,
)
