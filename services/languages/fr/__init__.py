"""French."""

from services.languages.fr import dates, pages, quotes
from services.languages.fr.stop_words import STOP_WORDS
from services.languages.language import Language

LANGUAGE = Language(
    code="fr",
    months=dates.MONTHS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    author_conjunctions=pages.AUTHOR_CONJUNCTIONS,
    update_labels=pages.UPDATE_LABELS,
    login_labels=pages.LOGIN_LABELS,
    stop_words=STOP_WORDS,
    speech_verbs=quotes.SPEECH_VERBS,
    pronouns=quotes.PRONOUNS,
    according_to=quotes.ACCORDING_TO,
    articles=quotes.ARTICLES,
)
