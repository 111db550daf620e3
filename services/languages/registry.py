"""Find the languages: each subfolder whose package defines `LANGUAGE`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

import services.languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from services.languages.language import Language


@cache
def languages() -> Mapping[str, Language]:
    """Return every language by its ISO 639-1 code, in alphabetical order.

    A new folder with a `LANGUAGE` is found without being named anywhere else.
    """
    found: dict[str, Language] = {}
    for module in pkgutil.iter_modules(services.languages.__path__):
        if module.ispkg:
            language: Language = import_module(f"services.languages.{module.name}").LANGUAGE
            found[language.code] = language
    return MappingProxyType(found)


def words_of_all_languages(words: Callable[[Language], Iterable[str]]) -> frozenset[str]:
    """Return the words that `words` gives for any language, for rules that apply to all texts."""
    return frozenset(word for language in languages().values() for word in words(language))
