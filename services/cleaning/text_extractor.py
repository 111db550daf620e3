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
from services.cleaning.article_filter import NotAnArticle, PageSignals, find_filter_reason
from services.cleaning.classifier.block_selection import Selection, select_blocks
from services.cleaning.classifier.feature_table import Floats
from services.cleaning.classifier.line_labels import label_kind
from services.cleaning.classifier.models import Model, load_models
from services.cleaning.classifier.text_features import (
    compute_line_features,
    compute_second_pass_features,
)
from services.cleaning.dates.context import DateContext
from services.cleaning.limits import MAX_BLOCKS, Deadline
from services.cleaning.metadata.text_facts import find_text_authors, find_text_published
from services.cleaning.result import CleanedPage
from services.cleaning.text.line_style import ends_sentence, fold
from services.cleaning.text.unicode_repair import collapse_space, repair

_ALWAYS_KEEP = 0.37
"""Probability above which a line is kept in any text, even if its other lines are clear-cut."""

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
_PARAGRAPH_LENGTH = 120
"""A headline is shorter, unless it occurs twice."""

_MIN_LEAD_LENGTH = 100
_MIN_LEAD_PROBABILITY = 0.2
_LEAD_PROBABILITY = 0.6
"""Probability that a lead gets at least."""
_LABEL_OVERRIDE = 0.9
"""Probability from which a line is kept although it is a label."""
_MAX_LABEL_WORDS = 5
_ALWAYS_LABELS = ("legal", "tags")
"""Kinds of labels that mark a line of any length."""
_HEADLINE_WORDS = range(4, 31)
_MAX_LEAD_LINES = 3
"""Number of lines after the headline among which a lead is searched."""


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
    selection, title = _select_once(lines, stated_title, deadline, model)
    for _ in range(_MAX_ROUNDS):
        again, _ = _select_once(selection.paragraphs, None, deadline, model)
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
    lines: Sequence[str], stated_title: str | None, deadline: Deadline, model: Model | None
) -> tuple[Selection, str]:
    p, weights = classify_lines(lines, model or load_models().text, deadline)
    p = _drop_labels(lines, p)
    title = collapse_space(stated_title or "") or _find_headline(lines, p)
    p = _keep_lead(lines, p, title)
    return select_blocks(lines, p, weights, title=title, always_keep=_ALWAYS_KEEP), title


def clean_text(
    text: str,
    url: str,
    title: str | None,
    now: datetime,
    deadline: Deadline,
    *,
    fetched_at: datetime | None = None,
) -> CleanedPage | NotAnArticle:
    """Clean one text; return the article, or the reason why it is none.

    Raises `CleaningTimeout`.
    """
    lines, prefix_date = split_lines(repair(text))
    deadline.check()
    selection, headline = select_lines(lines, repair(title) if title else None, deadline)
    body = "\n\n".join(selection.paragraphs)
    words = sum(line.count(" ") + 1 for line in lines)
    signals = PageSignals(url=url, title=headline, visible_words=words)
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
        published=published.date,
        considered_dates=published.considered,
        truncated=len(body) > MAX_BODY_CHARS or body.rstrip("])").endswith(("…", "...")),
        kept_share=round(selection.kept_share, 4),
        confidence=selection.confidence,
        method="text",
    )


def _drop_labels(lines: Sequence[str], p: Floats) -> Floats:
    """Set the probability of label lines to 0, unless the model is nearly certain.

    A label has few words and no full stop and belongs to what is beside an article (tags,
    pictures, sharing, copyright), not to its content.
    """
    out = p.copy()
    for i in np.flatnonzero((p > _ALWAYS_KEEP) & (p < _LABEL_OVERRIDE)).tolist():
        line = lines[i]
        label = label_kind(line)
        short = line.count(" ") < _MAX_LABEL_WORDS and not ends_sentence(line) and line[-1] != ":"
        if label in _ALWAYS_LABELS or (label and short):
            out[i] = 0.0
    return out


def _first_paragraph(lines: Sequence[str], p: Floats) -> int:
    """Return the index of the first line of running text, or the number of lines without any."""
    for i, line in enumerate(lines):
        if p[i] > _ALWAYS_KEEP and (len(line) >= _PARAGRAPH_LENGTH or ends_sentence(line)):
            return i
    return len(lines)


def _find_headline(lines: Sequence[str], p: Floats) -> str:
    """Return the headline among the lines before the running text, or an empty string.

    A headline has at least four words and no full stop. A line that occurs twice is preferred
    to the first line, as pages repeat their headline.
    """
    start = _first_paragraph(lines, p)
    if start == len(lines):
        return ""
    before = [
        line
        for line in lines[max(0, start - 12) : start]
        if len(line.split()) in _HEADLINE_WORDS and not line.endswith((".", ":", "…"))
    ]
    copies = Counter(map(fold, before))
    twice = [line for line in before if copies[fold(line)] > 1]
    once = [line for line in before if len(line) < _PARAGRAPH_LENGTH]
    return (twice or once or [""])[0]


def _keep_lead(lines: Sequence[str], p: Floats, title: str) -> Floats:
    """Raise the probability of a lead: a long line between the headline and the running text.

    In a text without its headline, a doubtful first line before the running text is a lead.
    """
    start = _first_paragraph(lines, p)
    if start == len(lines):
        return p
    key = fold(title)
    at = [i for i in range(start) if key and fold(lines[i]) == key]
    if not at and (start > 1 or p[0] < _MIN_LEAD_PROBABILITY):
        return p
    after = at[-1] + 1 if at else 0
    out = p.copy()
    for i in range(after, min(start, after + _MAX_LEAD_LINES)):
        if len(lines[i]) >= _MIN_LEAD_LENGTH:
            out[i] = max(out[i], _LEAD_PROBABILITY)
    return out
