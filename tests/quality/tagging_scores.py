"""Score the spans of the tagger and of the bare model on the same texts, by exact match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.tagging.core import Tagger, TextToTag
from tests.quality.bare_model import BareModel
from tests.quality.ner_files import GOLD_TYPES, GoldArticle, Span

TYPES = ("person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in percent, and the number of gold spans."""

    precision: float
    recall: float
    f1: float
    gold: int


def score(gold: Iterable[frozenset[Span]], found: Iterable[set[Span]], kind: str | None) -> Score:
    """Score found spans: start, end and type must be equal; None for `kind` means all types."""
    correct = wanted = marked = 0
    for gold_spans, found_spans in zip(gold, found, strict=True):
        wanted_here = {span for span in gold_spans if kind in (None, span[2])}
        marked_here = {span for span in found_spans if kind in (None, span[2])}
        correct += len(wanted_here & marked_here)
        wanted += len(wanted_here)
        marked += len(marked_here)
    precision = 100 * correct / marked if marked else 0.0
    recall = 100 * correct / wanted if wanted else 0.0
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total else 0.0, wanted)


def tagger_spans(tagger: Tagger, articles: Sequence[GoldArticle]) -> list[set[Span]]:
    """Return the spans of the three types that the tagger finds in each article."""
    tags_by_article = tagger.tag_batch([TextToTag("", article.text, "en") for article in articles])
    return [
        {
            (mention.start, mention.end, str(entity.type))
            for entity in tags.entities
            if entity.type in GOLD_TYPES.values()
            for mention in entity.mentions
        }
        for tags in tags_by_article
    ]


def bare_model_spans(model: BareModel, articles: Sequence[GoldArticle]) -> list[set[Span]]:
    """Return the spans of the three types that the bare model finds in each article."""
    return [set(spans) for spans in model.spans([article.text for article in articles])]
