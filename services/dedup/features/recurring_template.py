"""Recognise instalments of a series: the market close, the match report, the daily weather.

An outlet that fills in the same template again reports another event. The template is the text
around names and numbers: when two articles of one outlet share much of it but little of their
texts as they stand, they differ in the names and numbers themselves. Two articles about one
event share as much of their texts as of the template. Where the template is long and the blanks
are few (an earthquake report), the texts share much too: then the names and numbers decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from services.dedup.features.tokens import Hashes, Tokens, shingles

TEMPLATE_SHINGLE_WORDS: Final = 4
"""Words in a shingle of the template."""
MIN_TEMPLATE_SHINGLES: Final = 20
"""Shingles that both articles must have: with fewer there is no template to recognise."""
SAME_TEMPLATE_SHARE: Final = 0.2
"""Share of the template from which it is the same. Measured: .30 and .37 for a series that
somebody writes anew each time, below .14 for other articles of one outlet."""
SAME_TEXT_SHARE: Final = 0.5
"""Two texts are the same from this ratio of their shared text to their shared template."""
SKELETON_SHARE: Final = 0.4
"""Share of the template, or of the text, from which two articles have one skeleton."""
SAME_NAMES_SHARE: Final = 0.5
SAME_NUMBERS_SHARE: Final = 0.6
"""Shares of the names and numbers of the article with fewer from which they are the same."""
MIN_NUMBERS: Final = 2
"""Numbers that both must have: a single one may be a date or a detail."""
TABLE_SHARE: Final = 0.35
"""Numbers by words from which a text is a table. Of the 3,280 articles of the labelled sets
two are, and of the results of companies on a wire half."""
MIN_TABLE_NUMBERS: Final = 4
MANY_NAMES: Final = 3
MOST_NAMES_SHARE: Final = 0.8
"""Common names, and their share, from which the articles tell of the same whatever the numbers."""

_BLANK = np.uint32(1)
"""Stands for a name or number in the template."""
Matrix = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]
SharedAndFewer = tuple[Matrix, npt.NDArray[np.int64]]
"""How many values are in both articles of a pair, and how many the one with fewer has."""


def template_shingles(body: Tokens, outlet: str) -> Hashes:
    """Return the shingles that contain a name or number, with names and numbers left blank.

    A run of names and numbers is one blank. The outlet's name is mixed into the hashes, so that
    two outlets never share a shingle.
    """
    is_blank = body.is_capitalized | body.has_digit
    kept = np.ones(len(is_blank), dtype=np.bool_)
    kept[1:] = ~(is_blank[1:] & is_blank[:-1])
    is_blank = is_blank[kept]
    if len(is_blank) < TEMPLATE_SHINGLE_WORDS:
        return np.zeros(0, dtype=np.uint32)
    hashes = np.where(is_blank, _BLANK, body.hashes[kept])
    count = len(is_blank) - TEMPLATE_SHINGLE_WORDS + 1
    has_blank = np.any([is_blank[i : i + count] for i in range(TEMPLATE_SHINGLE_WORDS)], axis=0)
    return shingles(hashes, TEMPLATE_SHINGLE_WORDS)[has_blank] ^ np.uint32(crc32(outlet.encode()))


def shared_template(common: Matrix, count: int, counts: npt.NDArray[np.int32]) -> Matrix:
    """Return the share of the template that one article has in common with each of several.

    ``common`` says how many sampled shingles they share, ``count`` and ``counts`` how many the
    article and each of the others have. The share is taken of the smaller sample; it is 0 where
    that has fewer than `MIN_TEMPLATE_SHINGLES`.
    """
    smaller = np.minimum(counts, count)
    return np.where(smaller >= MIN_TEMPLATE_SHINGLES, common / np.maximum(smaller, 1), 0.0)


def is_another_instalment(shared_templates: Matrix, shared_texts: Matrix) -> npt.NDArray[np.bool_]:
    """Return for each pair whether the articles are two instalments of a series.

    The arguments are the shares of the template and of the text that the two have in common.
    """
    found: npt.NDArray[np.bool_] = (shared_templates >= SAME_TEMPLATE_SHARE) & (
        shared_texts < SAME_TEXT_SHARE * shared_templates
    )
    return found


def is_filled_in_anew(
    shared_templates: Matrix, shared_texts: Matrix, agreement: Agreement
) -> npt.NDArray[np.bool_]:
    """Return for each pair whether the articles have one skeleton and other names or numbers.

    The skeleton is the template of one outlet, or else the text itself. Two outlets' reports
    share text because they come from one agency; only other names and other numbers together
    show that they report two events.
    """
    found: npt.NDArray[np.bool_] = (
        (shared_templates >= SKELETON_SHARE) & agreement.either_differs
    ) | ((shared_texts >= SKELETON_SHARE) & agreement.both_differ)
    return found


def is_table(number_counts: Counts, term_counts: Counts) -> npt.NDArray[np.bool_]:
    """Return for each article whether its text is a table: the words say what the numbers are.

    The words of two tables are the same whatever they report, so only their names and numbers
    tell whether they report one event.
    """
    found: npt.NDArray[np.bool_] = (number_counts >= MIN_TABLE_NUMBERS) & (
        number_counts >= TABLE_SHARE * term_counts
    )
    return found


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether two articles have the same names and numbers, for each of several pairs."""

    either_differs: npt.NDArray[np.bool_]
    both_differ: npt.NDArray[np.bool_]


def compare_names_and_numbers(names: SharedAndFewer, numbers: SharedAndFewer) -> Agreement:
    """Compare the names and numbers of pairs of articles.

    What one of the two does not have agrees. Where many names agree, numbers may differ: an event
    goes on.
    """
    (same_names, fewer_names), (same_numbers, fewer_numbers) = names, numbers
    has_other_names = (fewer_names > 0) & (same_names < SAME_NAMES_SHARE * fewer_names)
    has_other_numbers = (fewer_numbers >= MIN_NUMBERS) & (
        same_numbers < SAME_NUMBERS_SHARE * fewer_numbers
    )
    are_names_many = (same_names >= MANY_NAMES) & (same_names >= MOST_NAMES_SHARE * fewer_names)
    return Agreement(
        ~are_names_many & (has_other_names | has_other_numbers),
        has_other_names & has_other_numbers,
    )
