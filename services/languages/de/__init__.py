"""German."""

from services.languages.de import bylines, dates, pages
from services.languages.de.names import NAMES
from services.languages.de.quotations import QUOTATIONS
from services.languages.de.sentences import BACKWARD_OPENERS
from services.languages.language import Language

LANGUAGE = Language(
    code="de",
    backward_openers=BACKWARD_OPENERS,
    broadcast_labels=pages.BROADCAST_LABELS,
    comment_words=pages.COMMENT_WORDS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    byline_prefixes=bylines.BYLINE_PREFIXES,
    author_conjunctions=bylines.AUTHOR_CONJUNCTIONS,
    helper_labels=bylines.HELPER_LABELS,
    genre_words=bylines.GENRE_WORDS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    role_words=bylines.ROLE_WORDS,
    months=dates.MONTHS,
    newsletter_labels=pages.NEWSLETTER_LABELS,
    login_labels=pages.LOGIN_LABELS,
    names=NAMES,
    quotations=QUOTATIONS,
)
