"""Polish."""

from services.languages.language import Language
from services.languages.pl import dates

LANGUAGE = Language(
    code="pl",
    months=dates.MONTHS,
)
