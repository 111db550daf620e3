"""Korean."""

from services.languages.ko import bylines, pages
from services.languages.ko.names import NAMES
from services.languages.ko.quotations import QUOTATIONS
from services.languages.language import Language

LANGUAGE = Language(
    code="ko",
    comment_words=pages.COMMENT_WORDS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    byline_prefixes=bylines.BYLINE_PREFIXES,
    author_conjunctions=bylines.AUTHOR_CONJUNCTIONS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    outlet_words=bylines.OUTLET_WORDS,
    role_words=bylines.ROLE_WORDS,
    names=NAMES,
    quotations=QUOTATIONS,
)
