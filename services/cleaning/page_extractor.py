"""Extract an article from a page of HTML."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from schemas.base import MAX_BODY_CHARS
from services.cleaning import language
from services.cleaning.article_filter import NotAnArticle, PageSignals, find_filter_reason
from services.cleaning.broadcast_lines import drop_broadcast_lines
from services.cleaning.classifier.block_features import compute_block_features
from services.cleaning.classifier.block_selection import Selection, select_blocks
from services.cleaning.classifier.coherence import drop_pull_quotes, lift_coherent
from services.cleaning.classifier.feature_table import Floats, PageHints
from services.cleaning.classifier.models import Model, load_models
from services.cleaning.classifier.second_pass import compute_second_pass_features
from services.cleaning.dates.context import DateContext
from services.cleaning.html.blocks import (
    ALL_LINK,
    HIDDEN,
    IN_ASIDE,
    IN_FIGURE,
    IN_QUOTE,
    Blocks,
    read_blocks,
)
from services.cleaning.html.encoding import encode
from services.cleaning.limits import Deadline, HostileMarkup, is_hostile
from services.cleaning.metadata.authors import find_authors
from services.cleaning.metadata.contributions import find_contributions
from services.cleaning.metadata.dates import find_modified, find_published, of_last_change
from services.cleaning.metadata.facts import (
    find_description,
    find_genre,
    find_keywords,
    find_section_path,
)
from services.cleaning.metadata.media import find_image, find_video
from services.cleaning.metadata.near_title import PageLines
from services.cleaning.metadata.page_metadata import PageMetadata, read_metadata
from services.cleaning.metadata.title import find_title
from services.cleaning.page_type import list_log_odds, page_features
from services.cleaning.result import CleanedPage
from services.cleaning.text.line_style import count_words
from services.cleaning.text.unicode_repair import collapse_space, repair
from services.cleaning.truncation import is_cut_off, is_paywall

_HEADLINE_WORDS = range(4, 30)
_AMP_DIALOGS = ["amp-consent", "amp-user-notification", "amp-geo", "amp-subscriptions-dialog"]
"""Elements of AMP that show a dialog and nothing of the article."""
_SURE = 0.7
"""Confidence from which the text of a short page is that of an article."""
_MIN_LD_WORDS, _MAX_LD_PAGE_CHARS = 60, 2000
"""The JSON-LD body replaces one that is at most this long and has under half its words."""
_MAX_TEASER_WORDS = 120
"""A shorter text on a page that is not accessible for free is a teaser."""


def parse(html: str) -> LexborHTMLParser:
    """Parse a page; characters that UTF-8 cannot encode are replaced.

    Raises `HostileMarkup` if parsing the page would take more than linear time.
    """
    page = encode(html)
    if is_hostile(page):
        raise HostileMarkup
    tree = LexborHTMLParser(page.replace(b"\x00", b""))
    if b"<amp-" in page:
        tree.strip_tags(_AMP_DIALOGS)
    return tree


def page_hints(page: PageMetadata, stated_title: str | None) -> PageHints:
    """Return what the model uses of the metadata of a page."""
    return PageHints(find_title(page, stated_title), page.summary, page.ld.body)


def classify_blocks(
    blocks: Blocks, hints: PageHints, model: Model, deadline: Deadline
) -> tuple[Floats, Floats]:
    """Return the probability of each block to belong to the article, and its weight."""
    features = compute_block_features(blocks, hints, model.odds)
    deadline.check()
    first = model.first.predict(features.table)
    deadline.check()
    context = compute_second_pass_features(features, first)
    p = model.predict_second_pass(first, context, features.table)
    return p, features.weights


def select_article(blocks: Blocks, hints: PageHints, model: Model, deadline: Deadline) -> Selection:
    """Select the blocks of the article; the selection of a page without text is empty."""
    if not blocks.texts:
        return Selection((), (), 0.0, 0.0)
    p, weights = classify_blocks(blocks, hints, model, deadline)
    p = drop_broadcast_lines(blocks.texts, lift_coherent(blocks, p))
    hidden = (blocks.flags[blocks.owner] & HIDDEN > 0).tolist()
    selection = select_blocks(blocks.texts, p, weights, title=hints.title, hidden=hidden)
    quoted = (blocks.flags[blocks.owner] & (IN_QUOTE | IN_FIGURE | IN_ASIDE) > 0).tolist()
    return drop_pull_quotes(blocks.texts, selection, quoted)


def clean_html(
    html: str,
    url: str,
    title: str | None,
    now: datetime,
    deadline: Deadline,
    *,
    min_words: int,
    fetched_at: datetime | None = None,
    explain: bool = False,
) -> CleanedPage | NotAnArticle:
    """Clean one page; return the article, or the reason why it is none.

    A page that shows itself to be an article is one from `min_words` words on.

    Raises `CleaningTimeout`, and `HostileMarkup` if the page cannot be parsed in linear time.
    """
    model = load_models().html
    cleaned, signals = extract(
        html,
        url,
        title,
        now,
        deadline=deadline,
        model=model,
        fetched_at=fetched_at,
        explain=explain,
    )
    if _shows_article(cleaned, signals, title):
        signals = replace(signals, min_words=min_words)
    return find_filter_reason(cleaned.body, cleaned.confidence, signals) or cleaned


def _shows_article(cleaned: CleanedPage, signals: PageSignals, stated: str | None) -> bool:
    """Return whether a page is an article however short it is.

    It has a headline, says of itself or by the feed that it is an article, and the model is certain
    of its text.
    """
    is_stated = signals.declares_article or bool(stated)
    return bool(cleaned.title) and is_stated and cleaned.confidence >= _SURE


def extract(
    html: str,
    url: str,
    title: str | None,
    now: datetime,
    *,
    deadline: Deadline,
    model: Model,
    fetched_at: datetime | None = None,
    explain: bool = False,
) -> tuple[CleanedPage, PageSignals]:
    """Extract text and metadata of a page, and the signals that tell whether it is an article."""
    tree = parse(html)
    deadline.check()
    page = read_metadata(tree, url)
    hints = page_hints(page, title)
    deadline.check()
    blocks = read_blocks(tree, deadline, page.elements.not_text)
    selection = select_article(blocks, hints, model, deadline)
    body, method = "\n\n".join(selection.paragraphs), "html"
    if len(body) < _MAX_LD_PAGE_CHARS and count_words(
        page.ld.body
    ) > 2 * _MIN_LD_WORDS > 2 * count_words(body):
        # The page is filled by scripts: only the JSON-LD has the text.
        body, method = collapse_space(page.ld.body), "json-ld"
    body = repair(body)
    declares_article = page.ld.is_article or page.meta.get("og:type", "").lower() == "article"
    signals = PageSignals(
        url=url,
        title=hints.title or page.title_tag,
        linked_headlines=0 if declares_article else _count_linked_headlines(blocks),
        linked_share=_linked_share(blocks, selection),
        has_password_field=page.elements.has_password_field,
        declares_article=declares_article,
        list_log_odds=list_log_odds(page_features(url, page, blocks, selection)),
        visible_words=0 if body else sum(text.count(" ") + 1 for text in blocks.texts),
    )
    lines = PageLines(blocks, selection, hints.title)
    context = DateContext.of_page(url, page.language or _detected(body), now, fetched_at)
    published = find_published(page, html, url, lines, context, thorough=explain)
    modified = find_modified(page, lines, context)
    path = find_section_path(page, hints.title)
    cleaned = CleanedPage(
        title=hints.title[:2000],
        body=body[:MAX_BODY_CHARS],
        authors=find_authors(page, lines, context),
        contributions=find_contributions(page, lines, context),
        published=published.date or of_last_change(modified),
        considered_dates=published.considered,
        modified=modified,
        canonical_url=page.canonical,
        site_name=_short_text(page.site_name),
        section=_short_text(page.section),
        section_path=path,
        genre=find_genre(page, path),
        description=find_description(page),
        keywords=find_keywords(page),
        image=find_image(page, html, url),
        video=find_video(page, url),
        declared_language=page.language,
        accessible_for_free=page.ld.free,
        truncated=len(body) > MAX_BODY_CHARS
        or blocks.truncated
        or _is_truncated(blocks, selection, page, body),
        kept_share=round(selection.kept_share, 4),
        confidence=selection.confidence if method == "html" else 0.5,
        method=method,
    )
    return cleaned, signals


def _detected(body: str) -> str | None:
    """Return the language of the body, for pages that do not declare one."""
    code, _ = language.detect(body)
    return None if code == language.UNKNOWN else code


def _count_linked_headlines(blocks: Blocks) -> int:
    """Return the number of lines that consist of a link of the length of a headline."""
    return sum(
        line.count(" ") + 1 in _HEADLINE_WORDS
        for i in np.flatnonzero(blocks.link_share > ALL_LINK).tolist()
        for line in blocks.texts[i].split("\n")
    )


def _linked_share(blocks: Blocks, selection: Selection) -> float:
    lengths = [(len(blocks.texts[i]), blocks.link_share[i]) for i in selection.indexes]
    whole = sum(length for length, _ in lengths)
    return sum(length * linked for length, linked in lengths) / whole if whole else 0.0


def _short_text(text: str | None) -> str | None:
    return collapse_space(repair(text))[:300] or None if text else None


def _is_truncated(blocks: Blocks, selection: Selection, page: PageMetadata, body: str) -> bool:
    """Return whether the body is incomplete: a teaser, or a page behind a paywall."""
    if is_cut_off(body):
        return True
    if not selection.indexes:
        return False
    after = selection.indexes[-1] + 1
    if any(is_paywall(text) for text in blocks.texts[after : after + 6]):
        return True
    return page.ld.free is False and count_words(body) < _MAX_TEASER_WORDS
