"""Run the cases of body text: which paragraphs are missing, and which clutter is left in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from services.cleaning import language
from services.cleaning.core import CleanedPage, clean_page
from tests.quality.case_files import CaseFiles

_URL = "https://harbourpost.example/news/bridge-closed"
_NOW = datetime(2031, 7, 1, tzinfo=UTC)
_FILE_OF = {"B07b": "B07", "B18b": "B18"}
_MIN_PARAGRAPH = 60
"""Characters from which a line of a page without clutter is a paragraph of the article."""

_STANDARD = (
    "The harbour council of Skarholm voted", "The bridge carries about nine thousand",
    "Engineers told the meeting", "Ferry operators have offered", "Residents of the northern quays",
    "A second vote on a new bridge",
)  # fmt: skip
"""Beginnings of the paragraphs that nearly all pages of the set consist of."""
_QUESTIONS = (
    "Why now and not in the winter?", "Because the cracks only became", "Who pays for the ferries?",
    "The traders pay half", "Will there be a new bridge?", "I hope so.",
    "Are you sorry for the fish market?", "Of course I am.",
)  # fmt: skip
_WANTED = {
    "B09": ("What changes in July", "Lorries over three", "Buses may cross", "Fire engines may"),
    "B10": _QUESTIONS, "B10b": _QUESTIONS, "B10c": _QUESTIONS,
    "B11": ("The council has begun", "An engineer shows", "The mayor asks", "The vote: eight"),
    "B21": ("We have done all that can", "The bearings were made"),
    "B22": ("It was over in ten", "Nobody spoke", "Then the mayor", "That is that"),
}  # fmt: skip
_UNWANTED = {
    "B01": ("740 partners", "You can change your choices"),
    "B02": ("Advertisement", "Headline number"), "B03": ("Headline number",),
    "B03b": ("Headline number",), "B11": ("Share on Facebook", "Tweet"),
    "B12": ("Cod catch", "Fishermen in the outer", "The institute blames", "Boat owners"),
    "B15": ("enable JavaScript", "template text"),
    "B16": ("at dusk", "Engineers measure", "Lorries wait on"),
    "B17": ("every single day", "The ferry is a joke", "Why not build a tunnel", "12 comments"),
    "B18": ("This article is for subscribers", "Subscribe now to read on"),
    "B19": ("We value your privacy", "is another story you may like"),
    "B20": ("ClosedJuly", "OpensOctober"),
    "B28": ("Download our app", "You are reading the Skarholm edition"),
}  # fmt: skip
_FOOTER = ("All rights reserved", "Privacy")
_PULL_QUOTE = "loaded lorry could overstrain the eastern bearing within weeks"


def run_body(files: CaseFiles, row: Mapping[str, Any]) -> Any:  # noqa: PLR0911 - a question a line
    """Return what is wrong with the body of a page, in the form that the case describes."""
    case = row["case"]
    names = files.names(_FILE_OF.get(case, case))
    if case == "B29":
        names = [f"b29{letter}_longform.html" for letter in ("", "b", "c", "d")]
    if case == "B29g":
        names = ["b29g_longform_natural.html"]
    html = files.named((names or [""])[row["number"]]).decode()
    page = clean_page(html=html, text=None, url=_URL, now=_NOW)
    if not isinstance(page, CleanedPage):
        return page.detail
    body = _fold(page.body)
    if case.startswith("B29"):
        return _missing_of_page(html, body)
    if case == "B07b":
        return [body.count(start) for start in _STANDARD[:2]]
    if case == "B18b":
        return page.truncated
    if case == "B24":
        return body.find("Engineers told") < body.find("What the traders say") < body.find("Ferry")
    if case == "B08" and body.count(_PULL_QUOTE) != 1:
        return f"pull quote {body.count(_PULL_QUOTE)} times"
    return _faults(case, _fold(_visible(html)), body)


def _faults(case: str, visible: str, body: str) -> str:
    """Return the missing and the unwanted texts, and paragraphs that occur twice."""
    wanted = [text for text in _STANDARD if text in visible] + list(_WANTED.get(case, ()))
    missing = [text for text in wanted if text not in body]
    leaked = [text for text in (*_FOOTER, *_UNWANTED.get(case, ())) if text in body]
    twice = [text for text in _STANDARD if body.count(text) > 1]
    named = (("missing", missing), ("leaked", leaked), ("twice", twice))
    return "; ".join(f"{name} {texts}" for name, texts in named if texts)


def run_languages(files: CaseFiles, row: Mapping[str, Any]) -> Any:
    """Return missing paragraphs and leaked lines of a page, its title or its language."""
    code = row["what"][:2]
    html = files.named(f"l_{code}.html").decode()
    tree = LexborHTMLParser(html)
    paragraphs = [node.text().strip() for node in tree.css(".content p")]
    clutter = [node.text().strip() for node in tree.css("nav a, .more div")]
    if row["case"] == "L03":
        return language.detect("\n\n".join(paragraphs))[0]
    as_html = row["case"] == "L01"
    text = None if as_html else files.named(f"l_{code}.txt").decode()
    page = clean_page(html=html if as_html else None, text=text, url=_URL, now=_NOW)
    if not isinstance(page, CleanedPage):
        return page.detail
    if row["case"] == "L02t":
        return page.title
    lines = set(page.body.splitlines())
    missing = missing_paragraphs(paragraphs, page.body)
    return missing, [text for text in clutter if text in lines]


def missing_paragraphs(lines: Iterable[str], body: str) -> list[str]:
    """Return the beginnings of the standard or given paragraphs that the body lacks."""
    folded = _fold(body)
    wanted = [line for line in map(_fold, lines) if line]
    of_page = [line for line in wanted if line.startswith(_STANDARD)] or wanted
    return [line[:30] for line in of_page if line not in folded]


def _missing_of_page(html: str, body: str) -> list[int]:
    """Return the numbers of the paragraphs of an article that its body lacks."""
    nodes = LexborHTMLParser(html).css("p")
    texts = [text for node in nodes if len(text := _fold(node.text())) >= _MIN_PARAGRAPH]
    return [number for number, text in enumerate(texts) if text not in body]


def _visible(html: str) -> str:
    body = LexborHTMLParser(html).body
    return body.text() if body is not None else ""


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()
