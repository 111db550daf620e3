"""Find dates that pages mark in less usual ways, for pages that state none for machines."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from services.cleaning.metadata.page_metadata import PageMetadata, TimeElement, time_element_kind

_SELECTOR = (
    "relative-time[datetime], time-ago[datetime], local-time[datetime], amp-timeago[datetime]"
    ", abbr[title][class], [data-timestamp], [data-datetime], [data-date]"
    ', [class*="date" i][title], [class*="posted" i][title], [class*="time" i][title]'
    ', [property*="datePublished" i][content], [property*="dc:date" i][content]'
    ', [property*="dcterms:date" i][content], [property*="dcterms:issued" i][content]'
)
"""Elements of sites' own, of microformats, and of RDFa."""
_ATTRIBUTES = ("content", "datetime", "data-timestamp", "data-datetime", "data-date", "title")
_MAX_ELEMENTS, _MAX_LENGTH = 20, 200


def rarely_marked_dates(page: PageMetadata) -> Iterator[TimeElement]:
    """Yield the elements with a date in one of their attributes, as if they were `time` elements.

    This searches the whole tree.
    """
    for node in page.tree.css(_SELECTOR)[:_MAX_ELEMENTS]:
        if node.tag in ("meta", "time", "html", "body"):
            continue
        attributes = node.attributes
        stated = (attributes.get(name) or "" for name in _ATTRIBUTES)
        value = next((one for one in stated if any(map(str.isdigit, one))), "")
        if value and len(value) <= _MAX_LENGTH:
            kind = "published" if "property" in attributes else time_element_kind(node)
            yield TimeElement(value, _text(node), kind, page.region.foreign_reason(node))


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ")[:_MAX_LENGTH].split())
