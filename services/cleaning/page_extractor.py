"""Extract the article from an HTML page."""

from __future__ import annotations

import re
from datetime import datetime

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from schemas.base import MAX_BODY_CHARS
from services.cleaning.article_filter import NotAnArticle, PageSignals, filter_reason
from services.cleaning.classifier.block_features import Floats, Hints, measure, measure_again
from services.cleaning.classifier.block_selection import Chosen, choose
from services.cleaning.classifier.models import Model, load_models
from services.cleaning.html.blocks import ALL_LINK, HIDDEN, Blocks, read_blocks
from services.cleaning.limits import Deadline, HostileMarkup, is_hostile
from services.cleaning.metadata.authors import authors_of
from services.cleaning.metadata.dates import modified_of, published_of
from services.cleaning.metadata.page_metadata import Metadata, read_metadata
from services.cleaning.metadata.title import title_of
from services.cleaning.result import CleanedPage
from services.cleaning.text.line_style import count_words, fold, same_line
from services.cleaning.text.unicode_repair import fold_space, repair

_NEAR_BEFORE, _NEAR_AFTER, _NEAR_LENGTH = 4, 10, 120
_HEADLINE_WORDS = range(4, 30)
_CUT_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read more|continue reading))\W{0,3}$", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\b(?:continue reading|subscribe (?:now )?to (?:read|continue|unlock)|"
    r"(?:to|and) (?:read|continue reading) the (?:full|rest)|for subscribers only)\b",
    re.IGNORECASE,
)
_LD_WORDS, _LD_CHARS = 60, 2000
_TEASER_WORDS = 120


def parse(html: str) -> LexborHTMLParser:
    """Parse a page; characters that UTF-8 can not carry are replaced.

    Raises `HostileMarkup` for a page that the parser must not be given.
    """
    try:
        page = html.encode()
    except UnicodeEncodeError:  # lone surrogates
        page = html.encode("utf-8", "replace")
    if is_hostile(page):
        raise HostileMarkup
    return LexborHTMLParser(page.replace(b"\x00", b""))


def hints_of(page: Metadata, stated_title: str | None) -> Hints:
    """Return what the page's metadata says of its text, as input of the model."""
    return Hints(title_of(page, stated_title), page.summary, page.ld.body)


def probabilities(
    blocks: Blocks, hints: Hints, model: Model, deadline: Deadline
) -> tuple[Floats, Floats]:
    """Return the probability that each block belongs to the article, and its weight."""
    measured = measure(blocks, hints, model.odds)
    deadline.check()
    first = model.first.predict(measured.table)
    deadline.check()
    p = model.second_pass(first, measure_again(measured, first), measured.table)
    return p, measured.weights


def choose_blocks(blocks: Blocks, hints: Hints, model: Model, deadline: Deadline) -> Chosen:
    """Return the article's blocks; none if the page has no text."""
    if not blocks.texts:
        return Chosen((), (), 0.0, 0.0)
    p, heavy = probabilities(blocks, hints, model, deadline)
    hidden = (blocks.flags[blocks.owner] & HIDDEN > 0).tolist()
    return choose(blocks.texts, p, heavy, title=hints.title, hidden=hidden)


def clean_html(
    html: str, url: str, title: str | None, now: datetime, deadline: Deadline
) -> CleanedPage | NotAnArticle:
    """Clean an HTML page.

    Raises `CleaningTimeout`, and `HostileMarkup` for a page that the parser must not be given.
    """
    cleaned, signals = extract(html, url, title, now, deadline=deadline, model=load_models().html)
    return filter_reason(cleaned.body, cleaned.confidence, signals) or cleaned


def extract(
    html: str, url: str, title: str | None, now: datetime, *, deadline: Deadline, model: Model
) -> tuple[CleanedPage, PageSignals]:
    """Return text and facts of a page, and the signals by which it is filtered."""
    tree = parse(html)
    deadline.check()
    page = read_metadata(tree, url)
    hints = hints_of(page, title)
    deadline.check()
    blocks = read_blocks(tree, deadline)
    chosen = choose_blocks(blocks, hints, model, deadline)
    body, method = "\n\n".join(chosen.paragraphs), "html"
    if len(body) < _LD_CHARS and count_words(page.ld.body) > 2 * _LD_WORDS > 2 * count_words(body):
        # A page that scripts would fill: what it says in JSON-LD is all there is.
        body, method = fold_space(page.ld.body), "json-ld"
    body = repair(body)
    says_article = page.ld.is_article or page.meta.get("og:type", "").lower() == "article"
    signals = PageSignals(
        url=url,
        title=hints.title or page.title_tag,
        headlines=0 if says_article else _headlines(blocks),
        linked_share=_linked_share(blocks, chosen),
        asks_password=page.asks_password,
        says_article=says_article,
        visible_words=0 if body else sum(text.count(" ") + 1 for text in blocks.texts),
    )
    near = near_title(blocks, chosen, hints.title)
    cleaned = CleanedPage(
        title=hints.title[:2000],
        body=body[:MAX_BODY_CHARS],
        authors=authors_of(page),
        published=published_of(page, html, url, near, now),
        modified=modified_of(page, now),
        canonical_url=page.canonical,
        site_name=_name(page.site_name),
        section=_name(page.section),
        declared_language=page.language,
        accessible_for_free=page.ld.free,
        truncated=len(body) > MAX_BODY_CHARS or blocks.cut or _is_cut(blocks, chosen, page, body),
        kept_share=round(chosen.kept_share, 4),
        confidence=chosen.confidence if method == "html" else 0.5,
        method=method,
    )
    return cleaned, signals


def _headlines(blocks: Blocks) -> int:
    """Count the lines that are nothing but a link of a headline's length."""
    return sum(
        line.count(" ") + 1 in _HEADLINE_WORDS
        for i in np.flatnonzero(blocks.linked > ALL_LINK).tolist()
        for line in blocks.texts[i].split("\n")
    )


def _linked_share(blocks: Blocks, chosen: Chosen) -> float:
    lengths = [(len(blocks.texts[i]), blocks.linked[i]) for i in chosen.picked]
    whole = sum(length for length, _ in lengths)
    return sum(length * linked for length, linked in lengths) / whole if whole else 0.0


def _name(text: str | None) -> str | None:
    return fold_space(repair(text))[:300] or None if text else None


def near_title(blocks: Blocks, chosen: Chosen | None, title: str) -> list[str]:
    """Return the short lines around the headline, or before the body if there is no headline."""
    key = fold(title)
    texts = blocks.texts
    start = chosen.picked[0] if chosen and chosen.picked else len(texts)
    if key:
        at = [i for i, text in enumerate(texts) if same_line(text, key, len(title))]
        # A headline is also named in the breadcrumbs: the last one before the body counts.
        before = [i for i in at if i <= start]
        start = before[-1] if before else at[0] if at else start
    start = 0 if start == len(texts) else start
    near = texts[max(0, start - _NEAR_BEFORE) : start + _NEAR_AFTER]
    return [text for text in near if len(text) <= _NEAR_LENGTH]


def _is_cut(blocks: Blocks, chosen: Chosen, page: Metadata, body: str) -> bool:
    """Return whether the body breaks off: a teaser, or a page behind a paywall."""
    if _CUT_OFF.search(body[-40:]):
        return True
    if not chosen.picked:
        return False
    after = chosen.picked[-1] + 1
    if any(_GOES_ON.search(text[:300]) for text in blocks.texts[after : after + 6]):
        return True
    return page.ld.free is False and count_words(body) < _TEASER_WORDS
