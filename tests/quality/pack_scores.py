"""Score the tagger with and without the gazetteer packs, on the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services.tagging.core import Tagger, Tags, TextToTag
from services.tagging.gazetteer.packs.registry import PACKS
from tests.quality.ner_files import GOLD_TYPES, GoldArticle, Span, read_articles
from tests.quality.tagging_scores import TYPES, score


def compare_packs(
    tagger: Tagger,
    files: Sequence[Path],
    figures: dict[str, float | int | str],
    rows: list[tuple[str, ...]],
) -> None:
    """Add a table row for each file and type, and one with how many mentions a pack identifies."""
    rows.append(("F1, exact spans", "packs", "none", "gain", "P / R packs", "P / R none"))
    articles = {path: read_articles(path) for path in files}
    without = {path: _tag(tagger, texts) for path, texts in articles.items()}
    for pack in PACKS.values():
        for row in pack.rows():
            tagger.gazetteer.put(row)
    for path, texts in articles.items():
        tags = _tag(tagger, texts)
        gold = [text.spans for text in texts]
        for kind in (None, *TYPES):
            mine = score(gold, map(_spans, tags), kind)
            plain = score(gold, map(_spans, without[path]), kind)
            name = f"{path.stem} {kind or 'all'}"
            figures[f"{name} gain".replace(" ", "_")] = round(mine.f1 - plain.f1, 2)
            rows.append(
                (
                    name,
                    f"{mine.f1:.2f}",
                    f"{plain.f1:.2f}",
                    f"{mine.f1 - plain.f1:+.2f}",
                    f"{mine.precision:.2f} / {mine.recall:.2f}",
                    f"{plain.precision:.2f} / {plain.recall:.2f}",
                )
            )
        rows.append((f"{path.stem} mentions with an id", *_identified(tags, gold), "", "", ""))


def _tag(tagger: Tagger, articles: Sequence[GoldArticle]) -> list[Tags]:
    return tagger.tag_batch([TextToTag("", article.text, "en") for article in articles])


def _spans(tags: Tags) -> set[Span]:
    return {
        (mention.start, mention.end, str(entity.type))
        for entity in tags.entities
        if entity.type in GOLD_TYPES.values()
        for mention in entity.mentions
    }


def _identified(tags: Sequence[Tags], gold: Sequence[frozenset[Span]]) -> tuple[str, str]:
    """Return how many mentions have a ticker or a Wikidata id, and how many of them are right."""
    spans = [
        ((mention.start, mention.end, str(entity.type)), wanted)
        for one, wanted in zip(tags, gold, strict=True)
        for entity in one.entities
        if entity.external_ids and (entity.external_ids.ticker or entity.external_ids.wikidata)
        for mention in entity.mentions
    ]
    return f"{len(spans)}", f"{sum(span in wanted for span, wanted in spans)} right"
