"""Swedish."""

from services.languages.language import Language
from services.languages.sv import bylines, pages
from services.languages.sv.names import NAMES
from services.languages.sv.quotations import QUOTATIONS

LANGUAGE = Language(
    code="sv",
    comment_words=pages.COMMENT_WORDS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    byline_prefixes=bylines.BYLINE_PREFIXES,
    author_conjunctions=bylines.AUTHOR_CONJUNCTIONS,
    genre_words=bylines.GENRE_WORDS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    role_words=bylines.ROLE_WORDS,
    names=NAMES,
    quotations=QUOTATIONS,
)
