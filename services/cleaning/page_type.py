"""Tell pages that list other pages or products from articles.

A logistic regression over properties that do not depend on the language. It was fitted by
`python -m tests.training.cleaning.page_type` on the articles, listings and collections of WCXB, and
on copies of the articles with teasers and comments around them.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.block_selection import Selection
from services.cleaning.html.blocks import ALL_LINK, Blocks
from services.cleaning.metadata.page_metadata import PageMetadata
from services.cleaning.text.line_style import ends_sentence

Floats = NDArray[np.float64]

_CURRENCIES: Final = "$€£"
_LIST_PATH: Final = re.compile(
    r"/(?:collections?|categor(?:y|ies)|shop|store|products?|browse|genres?|search|jobs?|listings?|"
    r"lists?|c|all|sale|tags?|discover|charts?|archives?)(?=/|$)",
    re.IGNORECASE,
)
_SLUG_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_HEADLINE_WORDS: Final = range(4, 30)
_SHORT_LINE: Final = 30
_MAX_SLUG_WORDS: Final = 6
_PARAGRAPH, _MOSTLY_LINKED = 100, 0.5

WEIGHTS: Final = {
    "og_article": -2.504,
    "og_website": -1.217,
    "ld_article": -0.773,
    "author": -0.548,
    "confidence": -6.291,
    "next_page": 2.060,
    "density": -1.341,
    "linked_body": 1.788,
    "linked_page": 4.394,
    "slug_words": -0.418,
    "depth": -0.415,
    "list_path": 0.999,
    "prices": 0.627,
    "buttons": 0.420,
    "choices": 0.469,
    "words": 0.159,
    "prose_run": -1.166,
    "short_lines": -0.422,
    "alike": -0.625,
    "alike_links": 0.359,
    "headlines": 0.192,
}
BIAS: Final = 6.955
THRESHOLD: Final = -0.4
"""Log-odds above which a page is a list: 82 % of the lists of WCXB, and 3 of 972 articles."""


def list_log_odds(features: dict[str, float]) -> float:
    """Return the log-odds that a page with these features is a list of other pages."""
    return BIAS + sum(weight * features[name] for name, weight in WEIGHTS.items())


def page_features(
    url: str, page: PageMetadata, blocks: Blocks, selection: Selection
) -> dict[str, float]:
    """Return the features of a page; counts are logarithms of one more."""
    lengths = np.fromiter(map(len, blocks.texts), dtype=np.float64, count=len(blocks.texts))
    text = "\n".join(blocks.texts)
    controls = page.elements.controls
    og_type = page.meta.get("og:type", "").lower()
    counts = {
        "prices": sum(map(text.count, _CURRENCIES)),
        "buttons": controls["button"],
        "choices": controls["select"] + controls["input"],
        "words": sum(text.count(" ") + 1 for text in selection.paragraphs),
        "prose_run": _prose_run(blocks, selection),
        **_count_blocks(blocks, text),
    }
    return {
        "og_article": float(og_type == "article"),
        "og_website": float(og_type == "website"),
        "ld_article": float(page.ld.is_article),
        "author": float(bool(page.ld.authors) or "author" in page.meta),
        "confidence": selection.confidence,
        "next_page": float(bool(controls["a"] + controls["link"])),
        "density": _density(selection),
        "linked_body": _linked_share(blocks.link_share, lengths, list(selection.indexes)),
        "linked_page": _linked_share(blocks.link_share, lengths, slice(None)),
        **_url_features(url),
        **{name: float(np.log1p(count)) for name, count in counts.items()},
    }


def _count_blocks(blocks: Blocks, text: str) -> dict[str, int]:
    """Count lines that are short or a linked headline, and the blocks of the most frequent kind."""
    linked = np.flatnonzero(blocks.link_share > ALL_LINK).tolist()
    kinds = blocks.signature[blocks.owner]
    lines = text.split("\n")
    return {
        "short_lines": sum(map(_SHORT_LINE.__gt__, map(len, lines))),
        "alike": int(np.bincount(kinds).max(initial=0)),
        "alike_links": int(np.bincount(kinds[linked]).max(initial=0)),
        "headlines": sum(
            line.count(" ") + 1 in _HEADLINE_WORDS
            for i in linked
            for line in blocks.texts[i].split("\n")
        ),
    }


def _linked_share(shares: Floats, lengths: Floats, chosen: list[int] | slice) -> float:
    whole = float(lengths[chosen].sum())
    return float((shares[chosen] * lengths[chosen]).sum()) / whole if whole else 0.0


def _prose_run(blocks: Blocks, selection: Selection) -> int:
    """Return the length of the longest run of adjacent selected blocks that are paragraphs."""
    longest = run = 0
    before = -1
    shares = blocks.link_share.tolist()
    for i in selection.indexes:
        text = blocks.texts[i]
        is_prose = len(text) >= _PARAGRAPH and ends_sentence(text) and shares[i] < _MOSTLY_LINKED
        run = (run if i == before + 1 else 0) + 1 if is_prose else 0
        before = i
        longest = max(longest, run)
    return longest


def _density(selection: Selection) -> float:
    """Return the share of the selected blocks among those from the first to the last one."""
    if not selection.indexes:
        return 0.0
    return len(selection.indexes) / (selection.indexes[-1] - selection.indexes[0] + 1)


def _url_features(url: str) -> dict[str, float]:
    try:
        path = urlsplit(url).path.rstrip("/")
    except ValueError:
        path = ""
    slug = path.rpartition("/")[2]
    return {
        "slug_words": float(min(len(_SLUG_WORD.findall(slug)), _MAX_SLUG_WORDS)),
        "depth": float(path.count("/")),
        "list_path": float(bool(_LIST_PATH.search(path))),
    }
