"""English."""

from services.languages.en import pages
from services.languages.en.dates import MONTH_PREFIXES
from services.languages.en.names import NAMES
from services.languages.en.places import COUNTRY_ALIASES, STATE_ABBREVIATIONS
from services.languages.en.quotations import QUOTATIONS
from services.languages.en.sentences import ABBREVIATIONS, HEADLINE_FUNCTION_WORDS
from services.languages.en.sport import SPORT
from services.languages.language import Language

LANGUAGE = Language(
    code="en",
    months=pages.MONTHS,
    update_words=pages.UPDATE_WORDS,
    login_words=pages.LOGIN_WORDS,
    abbreviations=ABBREVIATIONS,
    month_prefixes=MONTH_PREFIXES,
    headline_function_words=HEADLINE_FUNCTION_WORDS,
    country_aliases=COUNTRY_ALIASES,
    state_abbreviations=STATE_ABBREVIATIONS,
    names=NAMES,
    quotations=QUOTATIONS,
    sport=SPORT,
)
