"""Find the number of a month by its name, in the language of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from services.languages.registry import languages

_FILE = Path(__file__).with_name("month_names.json")
"""By language, twelve lists of names. `tests/training/languages/build_month_names.py` writes it."""


def month_number(name: str, language: str | None) -> int | None:
    """Return the number of a month from its name in lower case, or None.

    The name is looked up in the page's own language first, then among all languages. A name that
    stands for different months (`listopad` is October in Croatian and November in Polish) is found
    only in its own language.
    """
    own = _names_by_language().get(language or "", {}).get(name)
    return own or _shared_names().get(name)


@cache
def _names_by_language() -> Mapping[str, Mapping[str, int]]:
    stored: dict[str, list[list[str]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    names = {
        code: {name: number for number, of_month in enumerate(months, 1) for name in of_month}
        for code, months in stored.items()
    }
    for code, language in languages().items():
        of_language = names.setdefault(code, {})
        for number, of_month in enumerate(language.months, 1):
            of_language.update(dict.fromkeys(of_month, number))
    return names


@cache
def _shared_names() -> Mapping[str, int]:
    """Return the names that stand for one month only, in whatever language; English comes first."""
    numbers: dict[str, set[int]] = {}
    for names in _names_by_language().values():
        for name, number in names.items():
            numbers.setdefault(name, set()).add(number)
    shared = {name: min(found) for name, found in numbers.items() if len(found) == 1}
    return shared | dict(_names_by_language()["en"])
