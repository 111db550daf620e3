"""Score the ids that short names get from their stories (`make score-resolution`).

The articles of the labelled stories are tagged by the real tagger. In one article of a story after
another, all full names of people become surnames and those of organisations acronyms; the article
is tagged again and joins the story of the other articles, which stay as they are. Whom each short
form means is known from the article. If another article of the story names the person in full, the
short form should get that id; if none does, any id is wrong.

Articles in which two names of people become one surname are counted apart: no id is right there,
and no real article leaves its readers with the surname alone. ``--list`` prints the wrong ones, and
what the articles as they are get, for reading.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.article import CleanArticle, TaggedArticle
from schemas.tags import Entity, EntityType
from services.dedup.entity_resolution.resolution import Resolution, resolve_entities
from services.dedup.stories.story_fields import ListedVerdict
from services.dedup.stories.story_row import StoryRow
from services.tagging.core import Tagger, TextToTag
from tests.quality import report, streams
from tests.quality.reduced_names import (
    Reduction,
    is_same_organisation,
    is_same_person,
    plain,
    reduced,
    reductions,
)

SETS = ("giveme5w", "mmds2025_dev_en", "basil", "allsides", "ecbplus")
BATCH = 32
"""Articles that are tagged together."""
_TYPES = {"surname": EntityType.PERSON, "acronym": EntityType.ORGANISATION}
_SAME = {"surname": is_same_person, "acronym": is_same_organisation}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one short form."""

    reduction: Reduction
    answer: str | None
    """The full name under which other articles of the story know the entity."""
    is_tagged: bool
    resolution: Resolution | None

    @property
    def is_shared(self) -> bool:
        """Whether several names of the article have become one surname."""
        return len(self.reduction.full) > 1

    @property
    def is_right(self) -> bool:
        """Whether the short form got the id of the right entity."""
        return (
            self.resolution is not None
            and self.answer is not None
            and _SAME[self.reduction.kind](self.resolution.name, self.answer)
        )


def tagged(tagger: Tagger, articles: Sequence[CleanArticle]) -> Iterator[TaggedArticle]:
    """Tag articles with the real tagger."""
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        texts = [TextToTag(one.title, one.body, one.language) for one in batch]
        for article, tags in zip(batch, tagger.tag_batch(texts), strict=True):
            fields = {name: getattr(article, name) for name in CleanArticle.model_fields}
            yield TaggedArticle.model_construct(
                **fields, entities=tags.entities, quotes=tags.quotes, tagging=tags.tagging
            )


def stories(path: Path, tagger: Tagger) -> list[list[TaggedArticle]]:
    """Return the tagged articles of each labelled story of a file."""
    rows = [{**row, "set": path.stem} for row in streams.rows(path)]
    articles = [streams.article(row, streams.FIRST_SEEN) for row in rows]
    found: defaultdict[str, list[TaggedArticle]] = defaultdict(list)
    for row, article in zip(rows, tagged(tagger, articles), strict=True):
        found[str(row["event_id"])].append(article)
    return list(found.values())


def resolved_in(article: TaggedArticle, others: Sequence[TaggedArticle]) -> tuple[Resolution, ...]:
    """Return what an article gets from the story of other articles that came before it."""
    row = StoryRow.new(0, "")
    for one in (*others, article):
        row.add_article(one, ListedVerdict.ORIGINAL, 0)
    return resolve_entities(article, row.named_entities())


def outcomes(
    article: TaggedArticle,
    made: Sequence[Reduction],
    others: Sequence[TaggedArticle],
) -> Iterator[Outcome]:
    """Yield what became of each short form of a reduced article."""
    by_alias = {one.alias_id: one for one in resolved_in(article, others)}
    for one in made:
        short = _entity(article, one)
        resolution = by_alias.get(short.entity_id) if short else None
        yield Outcome(one, _answer(one, others), short is not None, resolution)


def _entity(article: TaggedArticle, one: Reduction) -> Entity | None:
    kind, name = _TYPES[one.kind], plain(one.short)
    return next((e for e in article.entities if e.type is kind and plain(e.name) == name), None)


def _answer(one: Reduction, others: Sequence[TaggedArticle]) -> str | None:
    known = (e.name for other in others for e in other.entities if e.type is _TYPES[one.kind])
    fits = (name for name in known if all(_SAME[one.kind](name, full) for full in one.full))
    return next(fits, None)


def line(name: str, kind: str, found: Sequence[Outcome]) -> list[object]:
    """Return one line of the table; only short forms that the tagger finds again count."""
    found = [
        one for one in found if one.is_tagged and one.reduction.kind == kind and not one.is_shared
    ]
    resolved = [one for one in found if one.resolution is not None]
    right = sum(one.is_right for one in found)
    answerable = sum(one.answer is not None for one in found)
    precision, recall = right / max(1, len(resolved)), right / max(1, answerable)
    return [name, kind, len(found), answerable, len(resolved), right, precision, recall]


HEAD = ("set", "short form", "pairs", "answerable", "resolved", "right", "precision", "recall")


def score_set(path: Path, tagger: Tagger) -> tuple[list[Outcome], list[tuple[str, str]]]:
    """Return the outcomes of a set, and the names that its articles resolve as they are."""
    gold = [articles for articles in stories(path, tagger) if len(articles) > 1]
    places = [(articles, n) for articles in gold for n in range(len(articles))]
    made = [reductions(articles[n]) for articles, n in places]
    short = [reduced(articles[n], one) for (articles, n), one in zip(places, made, strict=True)]
    found: list[Outcome] = []
    natural: list[tuple[str, str]] = []
    again = tagged(tagger, short)
    for (articles, n), one, article in zip(places, made, again, strict=True):
        others = [*articles[:n], *articles[n + 1 :]]
        found += outcomes(article, one, others)
        names = {entity.entity_id: entity.name for entity in articles[n].entities}
        natural += [(names[r.alias_id], r.name) for r in resolved_in(articles[n], others)]
    return found, natural


def main() -> None:
    """Score the evaluation folder, or other files of the same format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=streams.EVAL)
    parser.add_argument("--files", type=Path, nargs="*", default=[])
    parser.add_argument("--list", action="store_true", help="print wrong and natural ones")
    options = parser.parse_args()
    paths = options.files or [options.eval / "stories" / f"{name}.jsonl" for name in SETS]
    paths = [path for path in paths if path.exists()]
    if not paths:
        report.progress(f"no evaluation folder at {options.eval}: nothing scored")
        return
    tagger = Tagger.load()
    lines: list[list[object]] = []
    everything: list[Outcome] = []
    all_natural: Counter[tuple[str, str]] = Counter()
    for path in paths:
        report.progress(f"{path.stem}")
        found, natural = score_set(path, tagger)
        lines += [line(path.stem, kind, found) for kind in _TYPES]
        everything += found
        all_natural.update(natural)
    lines += [line("all", kind, everything) for kind in _TYPES]
    report.show("Short names", HEAD, lines)
    shared = [one for one in everything if one.is_shared and one.is_tagged]
    resolved = sum(one.resolution is not None for one in shared)
    report.progress(f"{resolved} of {len(shared)} short forms of several names get an id")
    report.progress(f"{all_natural.total()} names of articles as they are get another id")
    if options.list:
        wrong = [one for one in everything if one.resolution and not one.is_right]
        rows = [[o.reduction.short, "/".join(o.reduction.full), o.resolution.name, str(o.answer)]
                for o in wrong if o.resolution]  # fmt: skip
        report.show("Wrong", ("short form", "means", "resolved to", "known as"), rows)
        report.show("As they are", ("name", "resolved to", "articles"),
                    [[*names, count] for names, count in all_natural.most_common()])  # fmt: skip
    figures: dict[str, float | int | str] = {}
    for kind, values in zip(_TYPES, lines[-len(_TYPES) :], strict=True):
        figures |= {
            f"{kind}.{name}": float(str(one))
            for name, one in zip(HEAD[2:], values[2:], strict=True)
        }
    report.write("score-resolution", figures)


if __name__ == "__main__":
    main()
