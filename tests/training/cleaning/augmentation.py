"""Augment training pages with more clutter around the article than the labelled ones have.

Most labelled pages are blogs with one article and little else. News pages also have comments of
readers, teasers with a lead, and the full text of the next article. Such clutter is added to copies
of the training pages. Its text comes from other pages, and its markup resembles that of real
pages. The gold text does not change. Used only for development.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from random import Random

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.page_extractor import parse
from tests.training.cleaning.gold import LabelledPage, tokens

_BEFORE, _WITHIN = 0.25, 0.4
"""Shares of teasers and articles placed before the article, and of pages with a box inside it."""
_MANY = 4
_PARAGRAPH = 60
"""Minimum number of characters of a line of the gold text that counts as a paragraph."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_NAMES = ("Ana", "Bo", "Carla", "Dmitri", "Eve", "Farid", "Gus", "Hanna", "Ivo", "June", "Kofi")
_HOLDERS = ("div", "section", "article", "li")
_COMMENT_WORDS = {
    "list": ("comments", "comment-list", "commentlist", "responses", "discussion", "reader-views"),
    "item": ("comment", "comment-body", "reply", "post", "message", "response", "entry"),
    "text": ("comment-content", "comment-text", "text", "body", "content", "message-body"),
}
_TEASER_WORDS = {
    "list": ("related", "more-stories", "latest", "recommended", "posts", "stories", "list"),
    "item": ("card", "teaser", "story", "item", "post", "article", "promo", "entry"),
    "text": ("summary", "excerpt", "lead", "dek", "text", "description", "entry-summary"),
}


@dataclass(frozen=True)
class DonorText:
    """Headline and paragraphs of a page, used as clutter in other pages."""

    host: str
    title: str
    paragraphs: tuple[str, ...]


def donor_texts(pages: Sequence[LabelledPage]) -> list[DonorText]:
    """Return headline and paragraphs of the pages that have both."""
    found = []
    for page in pages:
        lines = [line.strip() for line in (page.gold or "").splitlines()]
        paragraphs = tuple(line for line in lines if len(line) >= _PARAGRAPH)
        title = str(page.row.get("title") or "") or (lines[0][:90] if lines else "")
        if paragraphs and title:
            found.append(DonorText(page.host, title, paragraphs))
    return found


def augment(
    page: LabelledPage, others: Sequence[DonorText], rng: Random, *, articles: bool = True
) -> LabelledPage | None:
    """Return a copy of the page with comments, teasers or further articles around the article.

    Without `articles` no further articles are added, because they cannot be distinguished from
    the article in text without tags. Returns None if the paragraphs of the gold text are not found
    in the page, or if `others` has no text of another host.
    """
    tree = parse(page.html)
    paragraphs = _paragraphs(tree, page.gold or "")
    donors = [text for text in others if text.host != page.host]
    if not (paragraphs and donors):
        return None
    makers = [_comments, _teasers, _articles][: 3 if articles else 2]
    for maker in rng.sample(makers, k=rng.choice((1, 1, 2))):
        before = maker is not _comments and rng.random() < _BEFORE
        place = paragraphs[0] if before else paragraphs[-1]
        _insert(maker(place, donors, rng), _enclosing(place, rng), rng, before=before)
    if len(paragraphs) > _MANY and rng.random() < _WITHIN:
        place = rng.choice(paragraphs[1:-1])
        _insert(_box(donors, rng), place, rng)
    return replace(page, page_id=f"{page.page_id}-company", html=tree.html or "")


def _paragraphs(tree: LexborHTMLParser, gold: str) -> list[LexborNode]:
    lines = {" ".join(tokens(line)) for line in gold.splitlines() if len(line) >= _PARAGRAPH}
    return [
        node
        for node in tree.css("p, div, li, blockquote")
        if node.parent is not None
        and (node.tag != "div" or node.css_first("p, div, li") is None)
        and " ".join(tokens(node.text())) in lines
    ]


def _enclosing(place: LexborNode, rng: Random) -> LexborNode:
    """Return the paragraph or one of the three elements around it."""
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
        if place.parent is None or place.parent.tag in ("body", "html", "-undef"):
            break
        place = place.parent
    return place


def _insert(markup: str, place: LexborNode, rng: Random, *, before: bool = False) -> None:
    made = LexborHTMLParser(f"<div>{markup}</div>").css_first("div")
    if made is None:
        return
    loose = rng.random() < 0.5
    parts = list(made.iter(include_text=False)) if loose else [made]
    for node in parts if before else reversed(parts):
        (place.insert_before if before else place.insert_after)(node)


def _class(words: Sequence[str], rng: Random) -> str:
    """Return a class attribute with a descriptive name or an opaque one, or nothing."""
    kind = rng.random()
    if kind < 0.4:
        return f' class="{rng.choice(words)}"'
    if kind < 0.7:
        return f' class="{rng.choice("abcdefgh")}{rng.randrange(16**5):05x}"'
    return ""


def _some(donors: Sequence[DonorText], most: int, rng: Random) -> list[DonorText]:
    return rng.sample(donors, k=min(most, len(donors)))


def _spans(text: DonorText, rng: Random, most: int) -> str:
    """Return a few consecutive sentences."""
    sentences = _SENTENCE.split(rng.choice(text.paragraphs))
    start = rng.randrange(len(sentences))
    return escape(" ".join(sentences[start : start + rng.randint(1, most)]))


def _comments(_place: LexborNode, donors: Sequence[DonorText], rng: Random) -> str:
    item, holder = rng.choice(_HOLDERS), rng.choice(("div", "section", "ol"))
    inner = rng.choice(("p", "div", "p"))
    names = [_class(_COMMENT_WORDS[key], rng) for key in ("list", "item", "text")]
    heading = rng.choice(("h3", "h2", "div", ""))
    reply = rng.choice(("Reply", "Like", "Report", ""))
    rows = []
    number = rng.choice((3, 6, 12, 25, 50))
    for _ in range(number):
        says = "".join(
            f"<{inner}{names[2]}>{_spans(rng.choice(donors), rng, 5)}</{inner}>"
            for _ in range(rng.choice((1, 1, 1, 2, 3)))
        )
        who = f"<span>{rng.choice(_NAMES)}{rng.choice(('', str(rng.randrange(99))))}</span>"
        ago = f"{rng.randint(1, 23)} hours ago"
        clock = f"{rng.randint(1, 28)} May 2019 at {rng.randint(1, 12)}:{rng.randint(10, 59)}"
        when = rng.choice((ago, clock, ""))
        foot = f'<a href="#r">{reply}</a>' if reply else ""
        rows.append(f"<{item}{names[1]}><div>{who} {when}</div>{says}{foot}</{item}>")
    called = rng.choice(("comments", "responses", "thoughts", "replies"))
    title = f"<{heading}>{number} {called}</{heading}>" if heading else ""
    return f"<{holder}{names[0]}>{title}{''.join(rows)}</{holder}>"


def _teasers(_place: LexborNode, donors: Sequence[DonorText], rng: Random) -> str:
    item, heading = rng.choice(_HOLDERS), rng.choice(("h2", "h3", "h4", "div", "strong"))
    names = [_class(_TEASER_WORDS[key], rng) for key in ("list", "item", "text")]
    more = rng.choice(("Read more", "Continue reading", "Full story", ""))
    linked = rng.random() < 0.3
    rows = []
    for text in _some(donors, rng.choice((3, 5, 8, 12, 20)), rng):
        lead = escape(rng.choice((text.paragraphs[0], text.paragraphs[0][:180] + "…")))
        if linked:
            lead = f'<a href="/s">{lead}</a>'
        link = f'<a href="/s">{more}</a>' if more else ""
        rows.append(
            f'<{item}{names[1]}><{heading}><a href="/s">{escape(text.title)}</a></{heading}>'
            f"<p{names[2]}>{lead}</p>{link}</{item}>"
        )
    return f"<div{names[0]}>{''.join(rows)}</div>"


def _box(donors: Sequence[DonorText], rng: Random) -> str:
    """Return a link to another story or a form, to be placed inside the article."""
    text, *others = _some(donors, 4, rng)
    link, *links = [f'<a href="/s">{escape(t.title)}</a>' for t in (text, *others)]
    items = "".join(f"<li>{each}</li>" for each in links)
    offer = rng.choice(("Get our best stories every morning.", "Sign up for the weekly letter."))
    return rng.choice(
        (
            f"<p>{rng.choice(('Read also: ', 'RELATED: ', 'See more: ', ''))}{link}</p>",
            f"<aside><h4>{link}</h4><p>{escape(text.paragraphs[0][:200])}</p></aside>",
            f"<div{_class(_TEASER_WORDS['list'], rng)}><h3>More on this</h3><ul>{items}</ul></div>",
            f'<div><p>{offer}</p><form><input type="email"><button>Join</button></form></div>',
        )
    )


def _articles(place: LexborNode, donors: Sequence[DonorText], rng: Random) -> str:
    """Return further articles in the markup of the first, as on pages with endless scrolling."""
    parent = place.parent
    tag = "div"
    if parent is not None and parent.tag in ("section", "article"):
        tag = parent.tag
    names = (parent.attributes.get("class") if parent is not None else None) or ""
    same = f' class="{escape(names)}"' if names and rng.random() < 0.7 else ""
    heading = rng.choice(("h1", "h2", "h2", "h3"))
    linked = rng.random() < 0.5
    rows = []
    for text in _some(donors, rng.choice((1, 1, 2, 4, 8)), rng):
        title = escape(text.title)
        if linked:
            title = f'<a href="/s">{title}</a>'
        by = rng.choice((f"<div>By {rng.choice(_NAMES)} Doe</div>", "<div>12 June 2021</div>", ""))
        lines = text.paragraphs[: rng.choice((3, 8, 40))]
        body = "".join(f"<p>{escape(line)}</p>" for line in lines)
        rows.append(f"<{tag}{same}><{heading}>{title}</{heading}>{by}{body}</{tag}>")
    return "".join(rows)
