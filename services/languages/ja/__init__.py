"""Japanese."""

from services.languages.ja import bylines
from services.languages.ja.sentences import BACKWARD_OPENERS
from services.languages.language import Language

LANGUAGE = Language(
    code="ja",
    backward_openers=BACKWARD_OPENERS,
    published_labels=bylines.PUBLISHED_LABELS,
    update_labels=bylines.UPDATE_LABELS,
    relative_dates=bylines.RELATIVE_DATES,
    byline_prefixes=bylines.BYLINE_PREFIXES,
    author_conjunctions=bylines.AUTHOR_CONJUNCTIONS,
    home_labels=bylines.HOME_LABELS,
    picture_labels=bylines.PICTURE_LABELS,
    role_words=bylines.ROLE_WORDS,
)
