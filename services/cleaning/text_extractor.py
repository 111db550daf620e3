"""Extract an article from text that a scraper took from a page, with clutter around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from schemas.base import MAX_BODY_CHARS
from services.cleaning import language
from services.cleaning.article_filter import (
    MIN_WORDS,
    NotAnArticle,
    PageSignals,
    find_filter_reason,
)
from services.cleaning.broadcast_lines import drop_broadcast_lines
from services.cleaning.classifier.block_selection import Selection, select_blocks
from services.cleaning.classifier.feature_table import Floats
from services.cleaning.classifier.line_labels import label_kind
from services.cleaning.classifier.models import Model, load_models
from services.cleaning.classifier.text_features import (
    compute_line_features,
    compute_second_pass_features,
)
from services.cleaning.comment_section import drop_comments
from services.cleaning.dates.context import DateContext
from services.cleaning.headline import find_headline
from services.cleaning.limits import MAX_BLOCKS, Deadline
from services.cleaning.line_correction import (
    ALWAYS_KEEP,
    drop_labels,
    first_paragraph,
    keep_lead,
    lift_neighbours,
)
from services.cleaning.metadata.contributions import find_text_contributions
from services.cleaning.metadata.text_facts import (
    find_text_authors,
    find_text_published,
    near_body,
)
from services.cleaning.metadata.title import feed_title
from services.cleaning.metadata.title_parts import SiteNames
from services.cleaning.result import CleanedPage
from services.cleaning.text.line_style import count_words, ends_sentence, fold
from services.cleaning.text.unicode_repair import collapse_space, repair
from services.cleaning.text.unwrap import unwrap
from services.cleaning.truncation import (
    is_cut_off,
    is_paywall,
    paywall_start,
)

_DATE_PREFIX = re.compile(
    r"^\s{0,9}(?:date|published|posted)[\s:]{1,4}"
    r"(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?)?)"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_MAX_ROUNDS = 10
"""Number of times the selection is repeated on its own result."""
_MAX_COPIES = 50
"""Number of copies of the same line that are read."""

_LINES_AFTER = 6
"""Lines after the text that may offer the rest of it."""
_TITLE_LINES = 40
"""Lines that may repeat the title of the feed."""
_SHORT_NEWS, _MIN_KEPT = 120, 0.7
"""Words up to which a text with a title is short news, and the share of them that is kept."""


def split_lines(text: str) -> tuple[list[str], str | None]:
    """Return the lines of a text that are not empty, and the date in front of the first, or None.

    Some scrapers write `date 2031-05-04` before the first line. White space is collapsed. Of a
    line that is repeated the first `_MAX_COPIES` copies are returned.
    """
    prefix = _DATE_PREFIX.match(text[:200])
    if prefix:
        text = text[prefix.end() :]
    lines = []
    copies: Counter[str] = Counter()
    for line in text.splitlines():
        if collapsed := collapse_space(line):
            copies[collapsed] += 1
            if copies[collapsed] <= _MAX_COPIES:
                lines.append(collapsed)
    return lines[:MAX_BLOCKS], prefix.group(1) if prefix else None


def classify_lines(lines: Sequence[str], model: Model, deadline: Deadline) -> tuple[Floats, Floats]:
    """Return the probability of each line to belong to the article, and its weight."""
    if not lines:
        return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
    features = compute_line_features(lines, model.odds)
    deadline.check()
    first = model.first.predict(features.table)
    deadline.check()
    context = compute_second_pass_features(features, first)
    p = model.predict_second_pass(first, context, features.table)
    return p, features.weights


def select_lines(
    lines: Sequence[str], stated_title: str | None, deadline: Deadline, model: Model | None = None
) -> tuple[Selection, str]:
    """Select the lines of the article and the headline (empty if there is none).

    The selection is repeated on its own result, without the clutter around it, until it no
    longer changes, so that cleaning a cleaned text changes nothing.
    """
    chosen = model or load_models().text
    p, weights = classify_lines(lines, chosen, deadline)
    selection, title = _select_once(lines, p, weights, stated_title)
    read: Sequence[str] = lines
    for _ in range(_MAX_ROUNDS):
        if selection.paragraphs != tuple(read):
            read = selection.paragraphs
            p, weights = classify_lines(read, chosen, deadline)
        again, _ = _select_once(read, p, weights, None)
        if again.paragraphs == selection.paragraphs:
            break
        selection = replace(
            again,
            indexes=tuple(selection.indexes[i] for i in again.indexes),
            kept_share=again.kept_share * selection.kept_share,
            confidence=selection.confidence,
        )
    return selection, title


def _select_once(
    lines: Sequence[str], p: Floats, weights: Floats, stated_title: str | None
) -> tuple[Selection, str]:
    """Select lines by their probabilities `p` and weights, and find the headline."""
    p = drop_broadcast_lines(lines, drop_comments(lines, p))
    p = lift_neighbours(lines, drop_labels(lines, p))
    title = stated_title or find_headline(lines, p, first_paragraph(lines, p), ALWAYS_KEEP)
    p = keep_lead(lines, p, title)
    return select_blocks(lines, p, weights, title=title, always_keep=ALWAYS_KEEP), title


def clean_text(
    text: str,
    url: str,
    title: str | None,
    now: datetime,
    deadline: Deadline,
    *,
    min_words: int,
    fetched_at: datetime | None = None,
) -> CleanedPage | NotAnArticle:
    """Clean one text; return the article, or the reason why it is none.

    A text with a `title` was delivered by a feed: it is an article from `min_words` words on.
    Raises `CleaningTimeout`.
    """
    lines, prefix_date = split_lines(unwrap(repair(text)))
    deadline.check()
    stated = None
    if title and title.strip():
        names = SiteNames.known([], None, url)
        stated = feed_title(title, lines[:_TITLE_LINES], names)
    selection, headline = select_lines(lines, stated, deadline)
    words = sum(map(count_words, lines))
    if stated and words <= _SHORT_NEWS:
        selection = _complete(lines, selection, stated)
    end = paywall_start(selection.paragraphs)
    after = selection.indexes[-1] + 1 if selection.indexes else len(lines)
    is_offered = end is not None or any(map(is_paywall, lines[after : after + _LINES_AFTER]))
    body = "\n\n".join(selection.paragraphs[:end])
    signals = PageSignals(
        url=url,
        title=headline,
        visible_words=words,
        min_words=min_words if stated else MIN_WORDS,
    )
    not_an_article = find_filter_reason(body, selection.confidence, signals)
    if not_an_article is not None:
        return not_an_article
    code, _ = language.detect(body)
    locale = None if code == language.UNKNOWN else code
    context = DateContext.of_page(url, locale, now, fetched_at)
    start = selection.indexes[0] if selection.indexes else 0
    published = find_text_published(lines, headline, start, prefix_date, url=url, context=context)
    return CleanedPage(
        title=headline[:2000],
        body=body[:MAX_BODY_CHARS],
        authors=find_text_authors(lines, headline, start, context),
        contributions=find_text_contributions(near_body(lines, headline, start), context),
        published=published.date,
        considered_dates=published.considered,
        truncated=is_offered or len(body) > MAX_BODY_CHARS or is_cut_off(body),
        kept_share=round(selection.kept_share, 4),
        confidence=selection.confidence,
        method="text",
    )


def _complete(lines: Sequence[str], selection: Selection, title: str) -> Selection:
    """Return all of a short news text of which the model kept too little, but for labels.

    The model learned from pages; figures and single sentences of a wire are clutter there.
    """
    kept = [
        i
        for i, line in enumerate(lines)
        if not label_kind(line) and fold(line) != fold(title) and not _is_signature(lines, i)
    ]
    words = sum(count_words(lines[i]) for i in kept)
    if sum(map(count_words, selection.paragraphs)) >= _MIN_KEPT * words:
        return selection
    share = words / max(1, sum(map(count_words, lines)))
    return Selection(tuple(lines[i] for i in kept), tuple(kept), share, selection.confidence)


def _is_signature(lines: Sequence[str], i: int) -> bool:
    """Return whether a line is the last one, of a word or two, as a wire signs its stories."""
    return i == len(lines) - 1 > 0 and lines[i].count(" ") <= 1 and not ends_sentence(lines[i])
