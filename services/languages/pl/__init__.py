"""Polish."""

from services.languages.language import Language
from services.languages.pl import pages

LANGUAGE = Language(
    code="pl",
    months=pages.MONTHS,
)
