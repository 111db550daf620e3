"""Portuguese."""

from services.languages.language import Language
from services.languages.pt import bylines, dates, pages
from services.languages.pt.names import NAMES
from services.languages.pt.quotations import QUOTATIONS
from services.languages.pt.sentences import BACKWARD_OPENERS

LANGUAGE = Language(
    code="pt",
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
    names=NAMES,
    quotations=QUOTATIONS,
)
