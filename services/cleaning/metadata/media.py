"""Find the main image and the main video of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from schemas.article import FactSource, Image, Video
from services.cleaning.metadata.json_ld_values import ImageValue, number
from services.cleaning.metadata.page_metadata import PageMetadata
from services.cleaning.text.unicode_repair import collapse_space, repair

_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logos?|logotype|icons?|favicon|apple-touch|sprites?|placeholder|avatars?"
    r"|gravatar|blank|spacer|1x1|pixel|tracking|default|fallback|emoji|badge"
    r"|share[_-]?image|social[_-]?(?:share|card)[_-]?default)(?=[/_.-]|\d|$)"
    r"|\.(?:svg|ico)$",
    re.IGNORECASE,
)
"""Paths of logos, icons and other images that are on every page of a site."""
_SOURCES = ("data-src", "data-lazy-src", "data-original", "src")
"""Attributes with the address of an image, of which the first counts that is no placeholder."""
_MIN_SIDE = 100
"""Pixels below which an image is an icon."""
_MIN_PAGE_WIDTH = 200
_MAX_ALT, _MAX_IMAGES, _MAX_URL_LENGTH = 300, 40, 2048
_MAX_MENTIONS, _MAX_TAG = 3, 2000
_ALT = re.compile(r"\salt=(?:\"([^\"]{1,600})\"|'([^']{1,600})')")
_PLAYERS = re.compile(
    r"//(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/|player\.vimeo\.com/video/"
    r"|(?:www\.|geo\.)?dailymotion\.com/(?:embed|player)|players\.brightcove\.net/|cdn\.jwplayer\.com/players/)"
)


def find_image(page: PageMetadata, html: str, url: str) -> Image | None:
    """Return the first image that is neither a logo nor an icon, or None."""
    for value, origin in _images(page):
        address = _absolute(value.url, url)
        too_small = any(
            side is not None and side < _MIN_SIDE for side in (value.width, value.height)
        )
        if address is None or too_small or _NO_PICTURE.search(urlsplit(address).path):
            continue
        alt = collapse_space(repair(value.alt or ""))[:_MAX_ALT]
        return Image(
            url=address,
            alt=alt or _alt_on_page(html, address),
            width=value.width,
            height=value.height,
            origin=origin,
        )
    return None


def _images(page: PageMetadata) -> Iterator[tuple[ImageValue, FactSource]]:
    for image in page.ld.images:
        yield image, FactSource.JSON_LD
    meta = page.meta
    for name in ("og:image:secure_url", "og:image", "og:image:url"):
        for address in page.all_values(name)[:1]:
            sides = (number(meta.get(f"og:image:{side}")) for side in ("width", "height"))
            yield ImageValue(address, meta.get("og:image:alt"), *sides), FactSource.OPEN_GRAPH
    for name in ("twitter:image", "twitter:image:src", "parsely-image-url", "thumbnail"):
        if name in meta:
            yield ImageValue(meta[name], meta.get("twitter:image:alt")), FactSource.META
    if (link := page.tree.css_first('link[rel="image_src"][href]')) is not None:
        yield ImageValue(link.attributes.get("href") or ""), FactSource.META
    for node in page.tree.css("article img, main img, figure img")[:_MAX_IMAGES]:
        shown = _page_image(node)
        if shown is not None and page.region.foreign_reason(node, picture=True) is None:
            yield shown, FactSource.PAGE


def _page_image(node: LexborNode) -> ImageValue | None:
    """Return an image of the page that is large, as far as it is known, or None."""
    attributes = node.attributes
    stated = (attributes.get(name) or "" for name in _SOURCES)
    source = next((one for one in stated if one and not one.startswith("data:")), "")
    if sets := attributes.get("data-srcset") or attributes.get("srcset"):
        largest = sets[-_MAX_URL_LENGTH:].strip(" ,").rpartition(", ")[2]
        source = source or largest.partition(" ")[0]
    if not source:
        return None
    width, height = number(attributes.get("width")), number(attributes.get("height"))
    if width is not None and width < _MIN_PAGE_WIDTH:
        return None
    return ImageValue(source, attributes.get("alt"), width, height)


def _alt_on_page(html: str, address: str) -> str | None:
    """Return the text that describes the same image where the page shows it."""
    name = urlsplit(address).path.rpartition("/")[2]
    at = html.find(name) if name else -1
    for _ in range(_MAX_MENTIONS):
        if at < 0:
            return None
        start = html.rfind("<", max(0, at - _MAX_TAG), at)
        tag = html[start : html.find(">", at, at + _MAX_TAG)] if start >= 0 else ""
        found = _ALT.search(tag) if tag.startswith("<img") else None
        if found and (alt := collapse_space(repair(unescape(found.group(1) or found.group(2))))):
            return alt[:_MAX_ALT]
        at = html.find(name, at + 1)
    return None


def find_video(page: PageMetadata, url: str) -> Video | None:
    """Return the first video that the page states, or None."""
    for value, origin in _videos(page):
        address = _absolute(value, url)
        if address is not None:
            return Video(url=address, origin=origin)
    return None


def _videos(page: PageMetadata) -> Iterator[tuple[str, FactSource]]:
    for video in page.ld.videos:
        yield video.url, FactSource.JSON_LD
    for name in ("og:video:secure_url", "og:video:url", "og:video"):
        if name in page.meta:
            yield page.meta[name], FactSource.OPEN_GRAPH
    if "twitter:player" in page.meta:
        yield page.meta["twitter:player"], FactSource.META
    for node in page.elements.players[:_MAX_IMAGES]:
        source = node.attributes.get("src") or ""
        is_player = node.tag != "iframe" or _PLAYERS.search(source[:200])
        if is_player and page.region.foreign_reason(node, picture=True) is None:
            yield source, FactSource.PAGE


def _absolute(address: str, url: str) -> str | None:
    try:
        joined = urljoin(url, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and parts.netloc and len(joined) <= _MAX_URL_LENGTH
    return joined if good and not re.search(r"[\s\x00-\x1f]", joined) else None
