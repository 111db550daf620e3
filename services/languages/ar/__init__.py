"""Arabic."""

from services.languages.ar import bylines, dates, pages
from services.languages.ar.quotations import QUOTATIONS
from services.languages.ar.sentences import BACKWARD_OPENERS
from services.languages.language import Language

LANGUAGE = Language(
    months=dates.MONTHS,
    code="ar",
    backward_openers=BACKWARD_OPENERS,
    comment_words=pages.COMMENT_WORDS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    byline_prefixes=bylines.BYLINE_PREFIXES,
    attached_conjunction=bylines.ATTACHED_CONJUNCTION,
    names_like_attached=bylines.NAMES_LIKE_ATTACHED,
    author_conjunctions=bylines.AUTHOR_CONJUNCTIONS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    role_words=bylines.ROLE_WORDS,
    quotations=QUOTATIONS,
)
