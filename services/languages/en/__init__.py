"""English."""

from services.languages.en import bylines, dates, pages
from services.languages.en.date_mentions import DATE_MENTIONS
from services.languages.en.dates import MONTH_PREFIXES
from services.languages.en.headlines import HEADLINE_WORDS
from services.languages.en.names import NAMES
from services.languages.en.places import COUNTRY_ALIASES, STATE_ABBREVIATIONS
from services.languages.en.quotations import QUOTATIONS
from services.languages.en.sentences import ABBREVIATIONS, BACKWARD_OPENERS, HEADLINE_FUNCTION_WORDS
from services.languages.en.sport import SPORT
from services.languages.language import Language

LANGUAGE = Language(
    code="en",
    broadcast_labels=pages.BROADCAST_LABELS,
    comment_words=pages.COMMENT_WORDS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    helper_labels=bylines.HELPER_LABELS,
    outlet_words=bylines.OUTLET_WORDS,
    byline_noise=bylines.BYLINE_NOISE,
    genre_words=bylines.GENRE_WORDS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    role_words=bylines.ROLE_WORDS,
    months=dates.MONTHS,
    byline_prefixes=pages.BYLINE_PREFIXES,
    byline_suffixes=pages.BYLINE_SUFFIXES,
    author_conjunctions=pages.AUTHOR_CONJUNCTIONS,
    login_labels=pages.LOGIN_LABELS,
    read_more_labels=pages.READ_MORE_LABELS,
    paywall_labels=pages.PAYWALL_LABELS,
    line_labels=pages.LINE_LABELS,
    date_mentions=DATE_MENTIONS,
    abbreviations=ABBREVIATIONS,
    backward_openers=BACKWARD_OPENERS,
    month_prefixes=MONTH_PREFIXES,
    headline_function_words=HEADLINE_FUNCTION_WORDS,
    headline_words=HEADLINE_WORDS,
    country_aliases=COUNTRY_ALIASES,
    state_abbreviations=STATE_ABBREVIATIONS,
    names=NAMES,
    quotations=QUOTATIONS,
    sport=SPORT,
)
