"""Vietnamese."""

from services.languages.language import Language
from services.languages.vi import bylines, pages
from services.languages.vi.names import NAMES
from services.languages.vi.quotations import QUOTATIONS

LANGUAGE = Language(
    code="vi",
    comment_words=pages.COMMENT_WORDS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    byline_prefixes=bylines.BYLINE_PREFIXES,
    author_conjunctions=bylines.AUTHOR_CONJUNCTIONS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    role_words=bylines.ROLE_WORDS,
    names=NAMES,
    quotations=QUOTATIONS,
)
