"""Stop words of all languages together, for texts and aliases whose language is not known."""

from __future__ import annotations

from services.languages.en.names import NO_NAMES
from services.languages.registry import languages

STOP_WORDS = NO_NAMES.union(*(language.stop_words for language in languages().values()))
