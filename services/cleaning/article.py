"""Build a clean article from a raw one: what the feed states, completed from the page."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from schemas.article import (
    CleanArticle,
    DateSource,
    Precision,
    Provenance,
    RawArticle,
    StatedDate,
    Status,
)
from schemas.base import MAX_BODY_CHARS
from services.cleaning import language
from services.cleaning.core import CleanedPage, CleaningTimeout, clean_page
from services.cleaning.text.line_style import count_words
from services.messaging import identity, revision
from services.messaging.errors import Reason, Rejected
from services.settings import Settings

_MIN_DATE = datetime(1900, 1, 1, tzinfo=UTC)


def clean(raw: RawArticle, ingested_at: datetime, settings: Settings) -> CleanArticle:
    """Return the clean article for a raw one.

    What the feed states takes precedence over what the page states. `ingested_at` is the time
    of the raw record, so that the same record gives the same result whenever it is processed.
    Raises `Rejected` if a date is impossible or the page is not an article; the text of a
    retraction may be empty.
    """
    _check_dates(raw, ingested_at, settings)
    page = _extract_page(raw, ingested_at, settings)
    code, confidence = language.detect(page.body or page.title)
    if code == language.UNKNOWN:
        code = _primary_language(raw.language or page.declared_language) or code
    article_id = identity.article_id(raw)
    article = CleanArticle(
        article_id=article_id,
        revision_id=article_id,  # until the fields are known from which it is made
        url=raw.url,
        canonical_url=page.canonical_url,
        source=raw.source,
        external_id=raw.external_id,
        site_name=page.site_name,
        section=page.section,
        section_path=page.section_path,
        genre=page.genre,
        description=page.description,
        keywords=page.keywords,
        image=page.image,
        video=page.video,
        status=raw.status,
        title=page.title[:2000],
        body=page.body[:MAX_BODY_CHARS],
        word_count=count_words(page.body),
        authors=(raw.authors or [name[:300] for name in page.authors])[:50],
        contributions=list(page.contributions),
        published=_feed_date(raw.published_at) or page.published,
        modified=page.modified,
        fetched_at=raw.fetched_at,
        ingested_at=ingested_at,
        language=code,
        language_confidence=confidence,
        accessible_for_free=page.accessible_for_free,
        truncated=page.truncated or len(page.body) > MAX_BODY_CHARS,
        kept_share=page.kept_share,
        cleaning=Provenance(name=page.extractor, version=page.version, confidence=page.confidence),
    )
    return article.model_copy(update={"revision_id": revision.revision_id(article)})


def _extract_page(raw: RawArticle, ingested_at: datetime, settings: Settings) -> CleanedPage:
    try:
        page = clean_page(
            html=raw.html,
            text=raw.text,
            url=raw.url,
            title=raw.title,
            now=ingested_at,
            timeout=settings.cleaning_timeout,
            fetched_at=raw.fetched_at,
            min_words=settings.min_words,
        )
    except CleaningTimeout as error:
        raise Rejected(Reason.TIMEOUT, str(error)) from error
    if isinstance(page, CleanedPage):
        return page
    if raw.status is Status.RETRACTED:
        return CleanedPage(title=raw.title or "", body="")
    raise Rejected(Reason(page.reason), page.detail)


def _check_dates(raw: RawArticle, ingested_at: datetime, settings: Settings) -> None:
    for name, moment in (("published_at", raw.published_at), ("fetched_at", raw.fetched_at)):
        if moment is None:
            continue
        if moment < _MIN_DATE:
            raise Rejected(Reason.IMPOSSIBLE_DATE, f"{name} {moment.isoformat()} is before 1900")
        if name == "published_at" and moment - ingested_at > settings.future_tolerance:
            raise Rejected(
                Reason.IMPOSSIBLE_DATE,
                f"{name} {moment.isoformat()} lies after its arrival, {ingested_at.isoformat()}",
            )


def _feed_date(moment: datetime | None) -> StatedDate | None:
    if moment is None:
        return None
    return StatedDate(
        value=moment.isoformat(timespec="seconds"),
        precision=Precision.SECOND,
        origin=DateSource.FEED,
        utc=moment.astimezone(UTC),
    )


def _primary_language(code: str | None) -> str | None:
    """Return the primary language of a declared code (`en` for `en-GB`), or None."""
    primary = (code or "").split("-")[0].lower()
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else None
