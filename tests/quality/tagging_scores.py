"""Exact-span scores of the tagger and of the bare model on the same texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.tagging.core import Tagger, TextToTag
from tests.quality.bare_model import BareModel
from tests.quality.ner_files import GOLD_TYPES, GoldArticle, Span

TYPES = ("person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in percent, and how many spans the gold has."""

    precision: float
    recall: float
    f1: float
    gold: int


def score(gold: Iterable[frozenset[Span]], found: Iterable[set[Span]], kind: str | None) -> Score:
    """Compare spans exactly: start, end and type; `kind` None means all three types."""
    right = wanted = marked = 0
    for want, have in zip(gold, found, strict=True):
        wanted_here = {span for span in want if kind in (None, span[2])}
        marked_here = {span for span in have if kind in (None, span[2])}
        right += len(wanted_here & marked_here)
        wanted += len(wanted_here)
        marked += len(marked_here)
    precision = 100 * right / marked if marked else 0.0
    recall = 100 * right / wanted if wanted else 0.0
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total else 0.0, wanted)


def ours(tagger: Tagger, articles: Sequence[GoldArticle]) -> list[set[Span]]:
    """Return the tagger's spans of the three types, by article."""
    found = tagger.tag_batch([TextToTag("", article.text, "en") for article in articles])
    return [
        {
            (mention.start, mention.end, str(entity.type))
            for entity in tags.entities
            if entity.type in GOLD_TYPES.values()
            for mention in entity.mentions
        }
        for tags in found
    ]


def bare(model: BareModel, articles: Sequence[GoldArticle]) -> list[set[Span]]:
    """Return the bare model's spans of the three types, by article."""
    return [set(spans) for spans in model.spans([article.text for article in articles])]
