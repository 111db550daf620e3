"""Choose the headline of a story: a title that tells of the event, and not of the outlet."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from schemas.article import TaggedArticle
from services.dedup.features.feature_batch import MIN_SUPPORTING_TEXT, STANDING_SUPPORT
from services.dedup.features.tokens import tokenize
from services.dedup.stories.summary_sentences import lead_sentences
from services.languages.registry import languages

MAX_HEADLINE_CHARS: Final = 300
"""Characters of a sentence that stands in for a headline, at most."""
_TEXT_CHARS: Final = 3000
"""Characters of the text in which the words of a title are looked for."""
_NO_LETTER = re.compile(r"[\W_]+")
_WWW: Final = "www."


def story_headline(article: TaggedArticle) -> str:
    """Return the title of an article, or its first sentence if the title is no headline."""
    title = article.title
    if title and not is_site_name(title, article.source) and not _is_standing(article):
        return title
    sentences = lead_sentences(article.body, 1, article.language)
    is_usable = sentences and len(sentences[0]) <= MAX_HEADLINE_CHARS
    return sentences[0] if is_usable else title


def is_site_name(title: str, source: str) -> bool:
    """Return whether a title is the outlet's name: "Harbour Post" of harbourpost.example."""
    name = _NO_LETTER.sub("", title).lower()
    host = source.lower().removeprefix(_WWW)
    whole = _NO_LETTER.sub("", host)
    labels = [_NO_LETTER.sub("", label) for label in host.split(".")]
    return bool(name) and (name == whole or name.removeprefix("the") in {*labels, whole})


def _is_standing(article: TaggedArticle) -> bool:
    """Return whether hardly a content word of the title occurs in the text.

    `feature_batch.title_weight` says why.
    """
    text = tokenize(article.body[:_TEXT_CHARS]).hashes.tolist()
    if len(text) < MIN_SUPPORTING_TEXT:
        return False
    title = tokenize(article.title)
    counted = set(title.hashes[~title.is_short].tolist()) - _function_words(article.language)
    return len(counted & set(text)) <= STANDING_SUPPORT * len(counted)


@cache
def _function_words(language: str) -> frozenset[int]:
    known = languages().get(language)
    words = " ".join(known.headline_function_words if known else ())
    return frozenset(tokenize(words).hashes.tolist())
