"""French."""

from services.languages.language import Language

LANGUAGE = Language(code="fr")
