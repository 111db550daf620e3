"""Score the clustering of articles into stories: ``python -m tests.quality.score_stories``.

Reported are BCubed and pairwise F1 of the shard with its own weights, of the shard with weights
trained on the other sets, and of TF-IDF centroids with a fixed threshold; then of all sets in one
stream, the invented speaker pairs, and the seeds in all orders of arrival. All use the default
settings, except that stories stay open: some dates of the sets are those of a crawl and lie months
apart. One line a set shows the effect of the default of 72 hours.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

from schemas.article import TaggedArticle
from services.dedup.clustering.merge_score import MergeModel, load_model
from services.dedup.core import Shard
from services.dedup.decision import MessageIdentity
from services.dedup.settings import DedupSettings
from tests.in_memory_rows import InMemoryRows
from tests.quality import report, seeds, speakers, stories, streams
from tests.quality.baseline import centroids
from tests.quality.tags import SpacyTagger, Tagger
from tests.training.dedup.train import train

LONG = timedelta(days=36_500)
OPEN = DedupSettings(story_quiet=LONG, copies_kept=LONG)
Labelled = Sequence[tuple[TaggedArticle, str]]


def assign_stories(
    articles: Sequence[TaggedArticle], model: MergeModel, settings: DedupSettings = OPEN
) -> list[str]:
    """Return the story of each article after the last one has arrived, with merges and splits."""
    store = InMemoryRows()
    shard = Shard(settings, store, model)
    seen: set[str] = set()
    for article in articles:
        decision = shard.decide(article, MessageIdentity(article.revision_id, 1))
        store.apply(decision.changes)
        seen |= {update.story_id for update in decision.stories}
    states = [state for one in seen if (state := shard.story(one)) and not state.merged_into]
    story_by_article = {
        one.article_id: state.story_id for state in states for one in state.articles
    }
    return [story_by_article[article.article_id] for article in articles]


def line(name: str, what: str, found: Sequence[str], labelled: Labelled) -> list[object]:
    """Return one line of the table."""
    gold = [label for _article, label in labelled]
    precision, recall, f1 = stories.bcubed(found, gold)
    pair = stories.pairwise(found, gold)[2]
    return [name, what, precision, recall, f1, pair, f"{len(set(found))}/{len(set(gold))}"]


def speaker_pairs(model: MergeModel, tagger: Tagger) -> dict[str, int]:
    """Return how many of the thirty pairs of each kind are clustered right."""
    right = {"one": 0, "two": 0}
    for kind, rows in speakers.pairs():
        articles = [tagger(one) for one in streams.stream(rows, keep_order=True)]
        apart = len(set(assign_stories(articles, model))) > 1
        right[kind] += apart == (kind == "two")
    return right


def seed_orders(folder: Path, model: MergeModel, tagger: Tagger) -> tuple[int, int]:
    """Return in how many orders of arrival the seeds are clustered right, and all orders."""
    rows = seeds.rows(folder)
    gold = {row["id"]: row["event_id"] for row in rows}
    right = total = 0
    for order in permutations(rows):
        articles = [tagger(one) for one in streams.stream(order, keep_order=True)]
        found = assign_stories(articles, model)
        labels = [gold[row["id"]] for row in order]
        right += stories.bcubed(found, labels)[2] > 0.9999
        total += 1
    return right, total


def count_mixed_stories(found: Sequence[str], labelled: Labelled) -> int:
    """Return the number of stories with articles of more than one set."""
    sets: dict[str, set[str]] = {}
    for story_id, (_article, label) in zip(found, labelled, strict=True):
        sets.setdefault(story_id, set()).add(label.split("/")[0])
    return sum(len(names) > 1 for names in sets.values())


def score_mixed_stream(sets: Sequence[Labelled], model: MergeModel) -> tuple[list[str], Labelled]:
    """Cluster all sets in one stream; return the stories found and the labelled articles.

    The order is random with a fixed seed.
    """
    together = streams.shuffled([one for labelled in sets for one in labelled])
    return assign_stories([article for article, _label in together], model), together


def add_figures(figures: dict[str, float | int | str], name: str, row: Sequence[object]) -> None:
    """Add the BCubed and pairwise F1 of a line of the table to the figures."""
    figures[f"{name}.bcubed"] = round(float(str(row[4])), 4)
    figures[f"{name}.pairwise"] = round(float(str(row[5])), 4)


HEAD = ("set", "method", "B3 prec", "B3 rec", "B3 F1", "pair F1", "stories/gold")


def main() -> None:
    """Score the evaluation folder, or other files of the same format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=streams.EVAL)
    parser.add_argument("--files", type=Path, nargs="*", default=[])
    parser.add_argument(
        "--quick", action="store_true", help="leave out the weights trained on the other sets"
    )
    given = parser.parse_args()
    tagger = SpacyTagger(stories.CACHE)
    model = load_model()
    figures: dict[str, float | int | str] = {}
    if given.files:
        sets = [(path.stem, stories.labelled(path, tagger)) for path in given.files]
    elif (given.eval / "stories").exists():
        sets = list(zip(stories.NAMES, stories.labelled_sets(given.eval), strict=True))
    else:
        report.progress(f"no evaluation folder at {given.eval}: nothing scored")
        return
    lines: list[list[object]] = []
    for number, (name, labelled) in enumerate(sets):
        articles = [article for article, _label in labelled]
        report.progress(f"{name}: {len(articles)} articles")
        lines.append(line(name, "tf-idf centroids .30", centroids(articles), labelled))
        lines.append(line(name, "shard", assign_stories(articles, model), labelled))
        add_figures(figures, name, lines[-1])
        week = replace(DedupSettings(), copies_kept=LONG)
        lines.append(
            line(name, "shard, closing at 72 h", assign_stories(articles, model, week), labelled)
        )
        if not given.files and not given.quick:
            others = [one for i, (_name, one) in enumerate(sets) if i != number]
            found = assign_stories(articles, train(others))
            lines.append(line(name, "shard, trained on the others", found, labelled))
            add_figures(figures, f"{name}.left_out", lines[-1])
    found, together = score_mixed_stream([labelled for _name, labelled in sets], model)
    lines.append(line("all in one stream", "shard", found, together))
    add_figures(figures, "mixed", lines[-1])
    figures["mixed.across_sets"] = count_mixed_stories(found, together)
    report.show("Stories", HEAD, lines)
    if not given.files:
        report.progress("speaker pairs and seeds")
        right = speaker_pairs(model, tagger)
        orders, total = seed_orders(given.eval / "seeds", model, tagger)
        rows: list[list[object]] = [
            ["one speaker, two occasions", f"{right['two']} of 30"],
            ["one occasion told differently", f"{right['one']} of 30"],
            ["seeds right, orders of arrival", f"{orders} of {total}"],
            ["stories across sets in the one stream", figures["mixed.across_sets"]],
        ]
        report.show("Occasions", ("figure", "right"), rows)
        figures |= {f"speakers.{kind}": count for kind, count in right.items()}
        figures["seeds.orders"] = orders
    report.write("score-stories", figures)


if __name__ == "__main__":
    main()
