"""Tell which elements and lines of a page are the article's own, and which are beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.html.element_names import read_names

_MAX_DEPTH = 40
_FOREIGN_TAGS = frozenset(["nav", "figure", "figcaption", "form"])
_MIXED_TAGS = frozenset(["aside", "footer"])
"""Elements that hold teasers and legal notes, or the date and the author of the article."""
MIXED_NAMES = frozenset(["aside", "footer", "sidebar", "widget", "widgets", "rail", "newsletter"])
"""Names of such elements."""
_TEASER_WORDS = 4
"""Words of a link from which it is the headline of another article."""
_MAX_LINKS = 30
_TEASER_LEVELS = 2
"""Elements around a date among which the headline of another article is searched."""
_OTHER_ITEMS = frozenset(["comment", "usercomments", "event", "product", "offer", "rating"])
"""Types of microdata that are no article."""
FOREIGN_NAMES = frozenset(
    [
        "comment",
        "comments",
        "commentlist",
        "disqus",
        "reply",
        "replies",
        "respond",
        "discussion",
        "related",
        "relatedposts",
        "teaser",
        "teasers",
        "latest",
        "trending",
        "popular",
        "recommended",
        "recommendations",
        "mostread",
        "recirc",
        "outbrain",
        "taboola",
        "promo",
        "featured",
        "carousel",
        "slider",
        "advert",
        "caption",
        "captions",
        "ad",
        "ads",
        "events",
        "event",
        "upcoming",
        "calendar",
        "cookie",
        "readnext",
        "upnext",
        "morefrom",
        "yarpp",
        "sponsored",
        "testimonial",
        "testimonials",
        "reviews",
    ]
)
"""Names of elements whose dates and names belong to something else than the article.

They count for an element that does not contain the headline.
"""


@dataclass(frozen=True)
class PageRegion:
    """The elements around the headlines of a page."""

    tree: LexborHTMLParser
    headings: tuple[LexborNode, ...]
    """The `h1` elements."""
    url: str

    @cached_property
    def _around_headline(self) -> frozenset[int]:
        """Ids of the elements that contain a headline."""
        found: set[int] = set()
        for node in self.headings or tuple(self.tree.css("h2")[:1]):
            parent = node.parent
            for _ in range(_MAX_DEPTH):
                if parent is None or parent.mem_id in found:
                    break
                found.add(parent.mem_id)
                parent = parent.parent
        return frozenset(found)

    @cached_property
    def _headline_in_article(self) -> bool:
        """Whether the first headline lies in an `article` element."""
        parent = self.headings[0].parent if self.headings else None
        for _ in range(_MAX_DEPTH):
            if parent is None or parent.tag == "article":
                break
            parent = parent.parent
        return parent is not None and parent.tag == "article"

    def foreign_reason(  # noqa: PLR0911 - one reason after the other
        self, node: LexborNode, *, picture: bool = False
    ) -> str | None:
        """Return why an element is not the article's own ("in comments"), or None if it may be.

        For a `picture` it is no reason to lie in a figure.
        """
        current: LexborNode | None = node
        for _ in range(_MAX_DEPTH):
            if current is None or current.tag in ("body", "html"):
                return None
            if current.mem_id in self._around_headline:
                return None
            tag = current.tag or ""
            if tag == "article" and self._headline_in_article:
                return "in another article"
            foreign_tag = tag in _FOREIGN_TAGS and not (picture and tag == "figure")
            if foreign_tag or (tag in _MIXED_TAGS and has_teasers(current, 2)):
                return f"in {tag}"
            attributes = current.attributes
            if tag == "a" and _is_teaser(current) and not self._is_own(attributes.get("href")):
                return "in a link to another page"
            names = " ".join(value for key in ("class", "id") if (value := attributes.get(key)))
            words = read_names(names.encode("utf-8", "replace"))[0] if names else ()
            foreign = FOREIGN_NAMES.intersection(words)
            if not foreign and MIXED_NAMES.intersection(words) and has_teasers(current, 2):
                foreign = MIXED_NAMES.intersection(words)
            if foreign:
                return f"in {min(foreign)}"
            if "itemtype" in attributes and _is_other_item(current):
                return "in another item"
            current = current.parent
        return None

    def beside_teaser(self, node: LexborNode) -> str | None:
        """Return a reason if an element shares its parent with a link to another article."""
        current = node.parent
        for _ in range(_TEASER_LEVELS):
            if current is None or current.tag in ("body", "main", "article"):
                return None
            if current.mem_id in self._around_headline:
                return None
            links = current.css("a")[:_MAX_LINKS]
            if any(_is_teaser(link) and not self._is_own(link.attributes.get("href"))
                   for link in links):  # fmt: skip
                return "beside a link to another page"
            current = current.parent
        return None

    def _is_own(self, href: str | None) -> bool:
        """Return whether a link leads to the page itself, or to a profile, tag or archive of it."""
        if not href or href.startswith("#"):
            return True
        try:
            target, own = urlsplit(urljoin(self.url, href)), urlsplit(self.url)
        except ValueError:
            return False
        return not own.path.strip("/") or target.path.rstrip("/") == own.path.rstrip("/")


def _is_other_item(node: LexborNode) -> bool:
    """Return whether an element of microdata without the headline is something else."""
    kind = (node.attributes.get("itemtype") or "").lower().rpartition("/")[2]
    if kind.endswith(("article", "blogposting")):
        return has_teasers(node)
    return kind in _OTHER_ITEMS


def has_teasers(node: LexborNode, number: int = 1) -> bool:
    """Return whether an element contains that many links that are as long as a headline."""
    return sum(_is_teaser(link) for link in node.css("a")[:_MAX_LINKS]) >= number


def _is_teaser(link: LexborNode) -> bool:
    words = [word for word in link.text(separator=" ")[:400].split() if not word[:1].isdigit()]
    return len(words) >= _TEASER_WORDS
