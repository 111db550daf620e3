"""Swedish."""

from services.languages.language import Language
from services.languages.sv.names import NAMES

LANGUAGE = Language(code="sv", names=NAMES)
