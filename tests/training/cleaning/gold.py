"""Read, label and score labelled pages, for training and for the quality figures.

Used only for development. A set is a folder with gzipped pages and the file `pages.jsonl`, whose
rows have `id`, `url` and `html_path`, and optionally `gold_text`, `title`, `publish_date`, `with`
and `without`.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from services.ingest.encoding import decode_html

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True)
class LabelledPage:
    """A page with its gold text and metadata."""

    page_id: str
    url: str
    html: str
    gold: str | None
    row: dict[str, Any] = field(repr=False)

    @property
    def host(self) -> str:
        """The host without `www.`, or the id of the page if it has no URL."""
        return (urlsplit(self.url).hostname or self.page_id).removeprefix("www.")


def tokens(text: str) -> list[str]:
    r"""Return the words as the scrapinghub benchmark counts them: runs of `\w`, case kept."""
    return _TOKEN.findall(text)


def load_pages(folder: Path) -> list[LabelledPage]:
    """Return the pages of a set.

    Raises `OSError` if files are missing.
    """
    pages = []
    with (folder / "pages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            gold = row.get("gold_text")
            if gold is None and row.get("gold_paragraphs"):
                gold = "\n\n".join(row["gold_paragraphs"])
            if gold is None and row.get("expected_html_path"):
                gold = _text_of_expected(folder / row["expected_html_path"])
            html = decode_html(_read(folder / row["html_path"]), None)
            pages.append(LabelledPage(str(row["id"]), row.get("url") or "", html, gold, row))
    return pages


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _text_of_expected(path: Path) -> str:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - development only

    from services.cleaning.html.blocks import read_blocks  # noqa: PLC0415
    from services.cleaning.limits import Deadline  # noqa: PLC0415

    tree = LexborHTMLParser(_read(path).decode("utf-8", "replace"))
    return "\n\n".join(read_blocks(tree, Deadline(60)).texts)


def label_blocks(texts: Sequence[str], gold: str) -> list[float]:
    """Return the share of each block's words that are in the gold text, from 0 to 1.

    A word counts if a run of four words around it is in the gold text. A shorter block counts
    if it is a whole line of the gold text, or if its words are in the gold text in the same
    order and blocks both before and after it count.
    """
    gold_tokens = tokens(gold)
    grams = {
        n: {tuple(gold_tokens[i : i + n]) for i in range(len(gold_tokens) - n + 1)}
        for n in range(1, _SHINGLE + 1)
    }
    lines = {tuple(tokens(line)) for line in gold.splitlines()}
    labels: list[float] = []
    unsure: list[int] = []
    for i, text in enumerate(texts):
        words = tokens(text)
        if len(words) < _SHINGLE:
            line = tuple(words)
            labels.append(1.0 if words and line in lines else 0.0)
            if words and line not in lines and line in grams[len(words)]:
                unsure.append(i)
            continue
        covered = [False] * len(words)
        for j in range(len(words) - _SHINGLE + 1):
            if tuple(words[j : j + _SHINGLE]) in grams[_SHINGLE]:
                covered[j : j + _SHINGLE] = [True] * _SHINGLE
        labels.append(sum(covered) / len(words))
    for i in unsure:
        before = max(labels[max(0, i - 2) : i], default=0.0)
        after = max(labels[i + 1 : i + 3], default=0.0)
        if before > 0.5 and after > 0.5:
            labels[i] = 1.0
    return labels


@dataclass(frozen=True)
class Overlap:
    """Numbers of runs of words on one page: found, right among those, and in the gold text."""

    right: int
    found: int
    gold: int

    @property
    def f1(self) -> float:
        """F1 of the page; 1 if both the result and the gold text are empty."""
        if not self.found and not self.gold:
            return 1.0
        return 2 * self.right / (self.found + self.gold)


def overlap(found: str, gold: str, size: int) -> Overlap:
    """Count runs of `size` words that two texts share, as multisets."""
    a, b = Counter(_runs(tokens(found), size)), Counter(_runs(tokens(gold), size))
    return Overlap(sum((a & b).values()), sum(a.values()), sum(b.values()))


def _runs(words: list[str], size: int) -> Iterable[tuple[str, ...]]:
    # A text shorter than one run counts as one run of its own length, as in the benchmark.
    if 0 < len(words) < size:
        return [tuple(words)]
    return zip(*(words[i:] for i in range(size)), strict=False)


def benchmark_f1(pages: Sequence[Overlap]) -> float:
    """Return the F4 of the scrapinghub benchmark.

    Harmonic mean of mean precision (over pages with something found) and mean
    recall (over pages with something to find). Formula: evaluate.py of
    scrapinghub/article-extraction-benchmark.
    """
    precisions = [p.right / p.found for p in pages if p.found]
    recalls = [p.right / p.gold for p in pages if p.gold]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
