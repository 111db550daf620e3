"""English."""

from services.languages.en import dates, pages, quotes
from services.languages.en.date_mentions import DATE_MENTIONS
from services.languages.en.stop_words import STOP_WORDS
from services.languages.language import Language

LANGUAGE = Language(
    code="en",
    months=dates.MONTHS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    byline_suffixes=pages.BYLINE_SUFFIXES,
    author_conjunctions=pages.AUTHOR_CONJUNCTIONS,
    update_labels=pages.UPDATE_LABELS,
    login_labels=pages.LOGIN_LABELS,
    read_more_labels=pages.READ_MORE_LABELS,
    paywall_labels=pages.PAYWALL_LABELS,
    line_labels=pages.LINE_LABELS,
    stop_words=STOP_WORDS,
    speech_verbs=quotes.SPEECH_VERBS,
    pronouns=quotes.PRONOUNS,
    according_to=quotes.ACCORDING_TO,
    articles=quotes.ARTICLES,
    date_mentions=DATE_MENTIONS,
)
