"""Chinese."""

from services.languages.language import Language
from services.languages.zh import bylines, pages
from services.languages.zh.names import NAMES
from services.languages.zh.quotations import QUOTATIONS
from services.languages.zh.sentences import BACKWARD_OPENERS

LANGUAGE = Language(
    code="zh",
    backward_openers=BACKWARD_OPENERS,
    comment_words=pages.COMMENT_WORDS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    byline_prefixes=bylines.BYLINE_PREFIXES,
    author_conjunctions=bylines.AUTHOR_CONJUNCTIONS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    outlet_words=bylines.OUTLET_WORDS,
    byline_noise=bylines.BYLINE_NOISE,
    role_words=bylines.ROLE_WORDS,
    names=NAMES,
    quotations=QUOTATIONS,
)
