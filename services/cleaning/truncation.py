"""Tell whether a text was cut off, or a line offers the rest of it or a newsletter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.cleaning.text.line_style import ends_sentence
from services.languages.registry import languages

_READ_MORE_LABELS = [p for language in languages().values() for p in language.read_more_labels]
_PAYWALL_LABELS = [p for language in languages().values() for p in language.paywall_labels]
_CUT_OFF = re.compile(
    rf"(?:\[?(?:…|\.\.\.)\]?|\b(?:{'|'.join(_READ_MORE_LABELS)}))\W{{0,3}}$", re.IGNORECASE
)
_PAYWALL = re.compile(rf"\b(?:{'|'.join(_PAYWALL_LABELS)})\b", re.IGNORECASE)
_NEWSLETTER_LABELS = [p for language in languages().values() for p in language.newsletter_labels]
_NEWSLETTER = re.compile("|".join(_NEWSLETTER_LABELS), re.IGNORECASE)
_MAX_OFFER = 120
"""Characters of a line that offers a newsletter."""
_SEARCHED_LENGTH, _END_LENGTH = 300, 40
_LAST_PARAGRAPHS = 3
_MAX_PAYWALL_LENGTH = 250
"""Characters of a line that offers the rest of the text; a longer one is of the article."""


def is_paywall(text: str) -> bool:
    """Return whether a block offers the rest of the article for a subscription."""
    return _PAYWALL.search(text[:_SEARCHED_LENGTH]) is not None


def is_newsletter_offer(line: str) -> bool:
    """Return whether a short line without the end of a sentence offers a newsletter."""
    is_short = len(line) <= _MAX_OFFER and not ends_sentence(line)
    return is_short and _NEWSLETTER.search(line) is not None


def is_cut_off(body: str) -> bool:
    """Return whether a text ends in dots or in a link to the rest."""
    return _CUT_OFF.search(body[-_END_LENGTH:]) is not None


def paywall_start(paragraphs: Sequence[str]) -> int | None:
    """Return the index of the line at the end of a text that offers the rest of it, or None."""
    first = max(1, len(paragraphs) - _LAST_PARAGRAPHS)
    for i in range(first, len(paragraphs)):
        if len(paragraphs[i]) <= _MAX_PAYWALL_LENGTH and is_paywall(paragraphs[i]):
            return i
    return None
