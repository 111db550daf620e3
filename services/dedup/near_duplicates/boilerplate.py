"""Recognise what an outlet repeats in every article: an "about us" paragraph, a disclaimer.

Two press releases of one company may have three quarters of their text in common and still report
two things. An edited copy differs in words here and there, or has a part more or less; two releases
have a passage of their own each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.article import TaggedArticle
from schemas.tags import TextField
from services.dedup.features.article_features import MAX_SHINGLES, ArticleFeatures
from services.dedup.features.tokenizer import intersection_size
from services.dedup.features.tokens import SHINGLE_WORDS, Hashes, Tokens, text_shingles, tokenize

MIN_OWN_WORDS: Final = 15
"""Words of a passage that only one of the two articles has: a sentence or two."""
MIN_REPEATED_WORDS: Final = 30
"""Words of a passage that both have."""
SAME_SUBJECT_SHARE: Final = 0.5
"""Share of the weight of a headline in the other text from which both tell of the same."""
MIN_TITLE_WEIGHT: Final = 6.0
"""A title of less weight counts as if it had this one."""
_SEPARATOR = "\n\n"

Rarity = Callable[[Hashes], npt.NDArray[np.float32]]
"""Returns the weight of each term by how rare it is."""
Ranges = list[tuple[int, int]]
"""Places in a body: from an offset up to another."""


def is_boilerplate_alone(
    article: TaggedArticle, new: ArticleFeatures, old: ArticleFeatures, rarity: Rarity
) -> bool:
    """Return whether a long passage that two articles of one outlet share is what it repeats.

    Both have a passage of their own, and neither text has the other's headline; the background of
    a continuing event has it. ``new`` are the features of ``article``. Texts with more shingles
    than a sample holds are not told apart.
    """
    shared = intersection_size(new.shingles, old.shingles)
    if shared < MIN_REPEATED_WORDS or len(old.shingles) - shared < MIN_OWN_WORDS:
        return False
    if max(len(new.shingles), len(old.shingles)) >= MAX_SHINGLES:
        return False
    if _coverage(old.title_terms, new.terms, rarity) >= SAME_SUBJECT_SHARE:
        return False
    words = tokenize(article.body)
    repeated = _repeated_words(words, [old])
    # What the outlet repeats names the company, as both headlines do.
    others = np.setdiff1d(old.terms, words.hashes[repeated], assume_unique=False)
    if _coverage(new.title_terms, others, rarity) >= SAME_SUBJECT_SHARE:
        return False
    is_long = _longest_run(repeated) >= MIN_REPEATED_WORDS
    return is_long and _longest_run(~repeated) >= MIN_OWN_WORDS


def _coverage(title: Hashes, terms: Hashes, rarity: Rarity) -> float:
    """Return the share of a title that is among some terms: by number or weight, the lower one.

    A company's name alone may be half of the weight, and small words half of the number.
    """
    weights = rarity(title)
    is_covered = np.isin(title, terms)
    by_weight = float(weights[is_covered].sum() / max(MIN_TITLE_WEIGHT, float(weights.sum())))
    return min(by_weight, float(is_covered.sum()) / max(1, len(title)))


def without_repeated(article: TaggedArticle, earlier: list[ArticleFeatures]) -> TaggedArticle:
    """Return an article without the passages that earlier articles of its outlet have.

    Of the entities those remain that the rest or the title names.
    """
    words = tokenize(article.body)
    ranges = _kept_ranges(article.body, words, _repeated_words(words, earlier))
    body = _SEPARATOR.join(article.body[start:end].strip() for start, end in ranges)
    kept = [
        one
        for one in article.entities
        if any(
            mention.field is TextField.TITLE
            or any(start <= mention.start < end for start, end in ranges)
            for mention in one.mentions
        )
    ]
    return article.model_copy(update={"body": body, "entities": kept, "quotes": []})


def _repeated_words(words: Tokens, earlier: list[ArticleFeatures]) -> npt.NDArray[np.bool_]:
    """Return for each word whether it stands in a shingle that one of the articles has."""
    known = np.concatenate([one.shingles for one in earlier])
    is_shared = np.isin(text_shingles(words), known)
    repeated = np.zeros(len(words.hashes), dtype=np.bool_)
    for shift in range(SHINGLE_WORDS):
        end = min(len(repeated), len(is_shared) + shift)
        repeated[shift:end] |= is_shared[: end - shift]
    return repeated


def _longest_run(flags: npt.NDArray[np.bool_]) -> int:
    """Return the length of the longest run of true values."""
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    return int((bounds[1::2] - bounds[::2]).max(initial=0))


def _kept_ranges(body: str, words: Tokens, repeated: npt.NDArray[np.bool_]) -> Ranges:
    """Return where the words stand that are not repeated, as far as they form passages."""
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], (~repeated).view(np.int8), [0]))))
    starts = [*words.starts.tolist(), len(body)]
    runs = zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True)
    return [(starts[i], starts[j]) for i, j in runs if j - i >= SHINGLE_WORDS]
