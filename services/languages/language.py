"""What the stages know about one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The word lists of one language.

    A list that a language does not have yet stays at its empty default, and the rule that
    would use it does nothing for that language. All words are in lower case unless the field
    says otherwise.
    """

    code: str
    """ISO 639-1 code; the name of the language's folder."""
