"""Extract the article from text that a scraper took from a page, with its clutter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from schemas.article import DateSource, StatedDate
from schemas.base import MAX_BODY_CHARS
from services.cleaning.article_filter import NotAnArticle, PageSignals, filter_reason
from services.cleaning.classifier import text_features
from services.cleaning.classifier.block_features import Floats
from services.cleaning.classifier.block_selection import Chosen, choose
from services.cleaning.classifier.models import Model, load_models
from services.cleaning.limits import MAX_BLOCKS, Deadline
from services.cleaning.metadata.date_parsing import date_in_url, parse_date
from services.cleaning.result import CleanedPage
from services.cleaning.text.line_style import ends_sentence, fold
from services.cleaning.text.unicode_repair import fold_space, repair

_LIKELY = 0.37
"""Probability from which a line always counts as the article's."""

_STAMP = re.compile(
    r"^\s{0,9}(?:date|published|posted)[\s:]{1,4}"
    r"(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?)?)"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_ROUNDS = 10
_MOST_TIMES = 50
_PARAGRAPH = 120
"""A headline is shorter, unless it stands there twice."""

_LEAD = 100
_DOUBTED = 0.2
_ALL_BUT_SURE = 0.9
_LABEL_WORDS = 5
_EDGE_LABELS = ("legal", "tags")
_DATE_LINE = 60
_HEADLINE_WORDS = range(4, 31)
_AFTER_TITLE = 3


def split_lines(text: str) -> tuple[list[str], str | None]:
    """Return the lines of a text and the time stamp before them.

    White space is folded and no line is empty. Scrapers write `date 2031-05-04` before the first
    line. Of a line that is repeated only the first `_MOST_TIMES` are kept.
    """
    stamp = _STAMP.match(text[:200])
    if stamp:
        text = text[stamp.end() :]
    found = []
    times: Counter[str] = Counter()
    for line in text.splitlines():
        if folded := fold_space(line):
            times[folded] += 1
            if times[folded] <= _MOST_TIMES:
                found.append(folded)
    return found[:MAX_BLOCKS], stamp.group(1) if stamp else None


def probabilities(found: Sequence[str], model: Model, deadline: Deadline) -> tuple[Floats, Floats]:
    """Return the probability that each line belongs to the article, and its weight."""
    if not found:
        return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32)
    measured = text_features.measure(found, model.odds)
    deadline.check()
    first = model.first.predict(measured.table)
    deadline.check()
    p = model.second_pass(first, text_features.measure_again(measured, first), measured.table)
    return p, measured.weights


def choose_lines(
    found: Sequence[str], stated_title: str | None, deadline: Deadline, model: Model | None = None
) -> tuple[Chosen, str]:
    """Return the article's lines and the headline (empty if there is none).

    The selection is processed again without the clutter around it until it does not change, so that
    cleaning a cleaned text changes nothing.
    """
    chosen, title = _choose_once(found, stated_title, deadline, model)
    for _ in range(_ROUNDS):
        again, _ = _choose_once(chosen.paragraphs, None, deadline, model)
        if again.paragraphs == chosen.paragraphs:
            break
        chosen = replace(
            again,
            picked=tuple(chosen.picked[i] for i in again.picked),
            kept_share=again.kept_share * chosen.kept_share,
            confidence=chosen.confidence,
        )
    return chosen, title


def _choose_once(
    found: Sequence[str], stated_title: str | None, deadline: Deadline, model: Model | None
) -> tuple[Chosen, str]:
    p, heavy = probabilities(found, model or load_models().text, deadline)
    p = _doubted(found, p)
    title = fold_space(stated_title or "") or _headline(found, p)
    p = _with_lead(found, p, title)
    return choose(found, p, heavy, title=title, certain=_LIKELY), title


def clean_text(
    text: str, url: str, title: str | None, now: datetime, deadline: Deadline
) -> CleanedPage | NotAnArticle:
    """Clean a text.

    Raises `CleaningTimeout`.
    """
    found, stamp = split_lines(repair(text))
    deadline.check()
    chosen, headline = choose_lines(found, repair(title) if title else None, deadline)
    body = "\n\n".join(chosen.paragraphs)
    words = sum(line.count(" ") + 1 for line in found)
    verdict = filter_reason(
        body, chosen.confidence, PageSignals(url=url, title=headline, visible_words=words)
    )
    if verdict is not None:
        return verdict
    return CleanedPage(
        title=headline[:2000],
        body=body[:MAX_BODY_CHARS],
        published=_published(found, chosen, stamp, url, now),
        truncated=len(body) > MAX_BODY_CHARS or body.rstrip("])").endswith(("…", "...")),
        kept_share=round(chosen.kept_share, 4),
        confidence=chosen.confidence,
        method="text",
    )


def _doubted(found: Sequence[str], p: Floats) -> Floats:
    """Lower the probability of labels, which are kept only if the model is almost certain.

    A label has a few words and no full stop, and is about what stands beside an article (tags,
    pictures, sharing, copyright).
    """
    out = p.copy()
    for i in np.flatnonzero((p > _LIKELY) & (p < _ALL_BUT_SURE)).tolist():
        line = found[i]
        label = text_features.label_of(line)
        short = line.count(" ") < _LABEL_WORDS and not ends_sentence(line) and line[-1] != ":"
        if label in _EDGE_LABELS or (label and short):
            out[i] = 0.0
    return out


def _first_paragraph(found: Sequence[str], p: Floats) -> int:
    """Return the first line that is certainly part of the article's running text."""
    for i, line in enumerate(found):
        if p[i] > _LIKELY and (len(line) >= _PARAGRAPH or ends_sentence(line)):
            return i
    return len(found)


def _headline(found: Sequence[str], p: Floats) -> str:
    """Return the headline among the lines before the running text, or an empty string.

    A headline has some words and no full stop. One that occurs twice, as pages often repeat theirs,
    is preferred.
    """
    start = _first_paragraph(found, p)
    if start == len(found):
        return ""
    before = [
        line
        for line in found[max(0, start - 12) : start]
        if len(line.split()) in _HEADLINE_WORDS and not line.endswith((".", ":", "…"))
    ]
    copies = Counter(map(fold, before))
    twice = [line for line in before if copies[fold(line)] > 1]
    once = [line for line in before if len(line) < _PARAGRAPH]
    return (twice or once or [""])[0]


def _with_lead(found: Sequence[str], p: Floats, title: str) -> Floats:
    """Keep a lead: a line as long as a sentence between headline and running text.

    If a text has lost its headline, a doubtful first line counts as the lead if running text
    follows.
    """
    start = _first_paragraph(found, p)
    if start == len(found):
        return p
    key = fold(title)
    at = [i for i in range(start) if key and fold(found[i]) == key]
    if not at and (start > 1 or p[0] < _DOUBTED):
        return p
    after = at[-1] + 1 if at else 0
    out = p.copy()
    for i in range(after, min(start, after + _AFTER_TITLE)):
        if len(found[i]) >= _LEAD:
            out[i] = max(out[i], 0.6)
    return out


def _published(
    found: Sequence[str], chosen: Chosen, stamp: str | None, url: str, now: datetime
) -> StatedDate | None:
    """Return the date that a line near the headline or the stamp states, the more precise first."""
    start = chosen.picked[0] if chosen.picked else 0
    stated = [
        date
        for line in found[max(0, start - 12) : start + 3]
        if len(line) <= _DATE_LINE and (date := parse_date(line, DateSource.TEXT, now))
    ]
    stamped = parse_date(stamp, DateSource.TEXT, now) if stamp else None
    if stamped:
        # The stamp may be the day of scraping: a line that states the same day says more.
        same = [date for date in stated if date.value[:10] == stamped.value[:10]]
        return max([stamped, *same], key=lambda date: len(date.value))
    exact = [date for date in stated if len(date.value) >= len("2031-05-04")]
    return next(iter(exact), None) or date_in_url(url, now)
