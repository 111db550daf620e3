"""End the quotations whose closing mark is missing: “We wait, Falk said. The council met.

A quotation that is open at the end of its paragraph goes on in the next one, if that begins with
a mark as well. Words that name the speaker inside of it show that its closing mark is missing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from services.tagging.quotes.quotation_patterns import QuotationPatterns
from services.tagging.quotes.quotations import Quotation

SUBJECT_REACH = 60
"""How far before a verb the comma and the speaker's name are looked for, in characters."""

_SUBJECT_BEFORE = re.compile(r",\s(?:[^\W\d_a-z][\w.'’-]*\s){1,4}$")
_VERB_BEFORE = re.compile(r",\s(?:[a-zà-ÿ]{1,5}\s)?$")
"""A comma, and perhaps an auxiliary verb."""
_NAME_AFTER = re.compile(r"\s[^\W\d_a-z]")
_CLAUSE_END = re.compile(r"[.,;]| [^.,;!?]{1,40}\.")


def end_at_speaker(text: str, quotation: Quotation, patterns: QuotationPatterns) -> Quotation:
    """Return a quotation that ends where its speaker is named, if it has no closing mark."""
    if not quotation.continued:
        return quotation
    for verb in patterns.verb.finditer(text, quotation.start, quotation.end):
        floor = max(quotation.start, verb.start() - SUBJECT_REACH)
        before = text[floor : verb.start()]
        subject = _SUBJECT_BEFORE.search(before)
        if subject is not None and _CLAUSE_END.match(text, verb.end()):
            return replace(quotation, end=floor + subject.start(), continued=False)
        comma = _VERB_BEFORE.search(before)
        if comma is not None and _NAME_AFTER.match(text, verb.end()):
            return replace(quotation, end=floor + comma.start(), continued=False)
    return quotation
