"""Score the clustering of articles into stories: ``python -m tests.quality.score_stories``.

For each set, the report has the BCubed and pairwise F1 of the shard with its own weights, of the
shard with weights trained on the others of `stories.TRAINED` (for one of them; nothing is trained
on the other sets), and of TF-IDF centroids with a fixed threshold. It then has the scores of all
sets in one stream, of the invented speaker pairs, and of the seeds in all orders of arrival. The
settings are the defaults, except that stories stay open, because some dates of the sets are dates
of a crawl and are months apart. One line per set shows the scores with the default of 72 hours.
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
from tests.quality.tags import Tagger
from tests.training.dedup.train import train

LONG = timedelta(days=36_500)
OPEN = DedupSettings(story_quiet=LONG, copies_kept=LONG)
Labelled = Sequence[tuple[TaggedArticle, str]]


def assign_stories(
    articles: Sequence[TaggedArticle], model: MergeModel, settings: DedupSettings = OPEN
) -> list[str]:
    """Return the story id of each article after the last merge or split."""
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
    """Return how many of the 30 pairs of each kind are clustered correctly."""
    right = {"one": 0, "two": 0}
    for kind, rows in speakers.pairs():
        articles = [tagger(one) for one in streams.stream(rows, keep_order=True)]
        apart = len(set(assign_stories(articles, model))) > 1
        right[kind] += apart == (kind == "two")
    return right


def seed_orders(folder: Path, model: MergeModel, tagger: Tagger) -> tuple[int, int]:
    """Return the number of arrival orders with correct clusters, and the number of all orders."""
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
        "--quick", action="store_true", help="skip the weights trained on the other sets"
    )
    parser.add_argument("--tagger", choices=("newsloom", "plain"), default="newsloom")
    options = parser.parse_args()
    tagger = stories.tagger_named(options.tagger)
    model = load_model()
    figures: dict[str, float | int | str] = {}
    if options.files:
        sets = [(path.stem, stories.labelled(path, tagger)) for path in options.files]
    elif (options.eval / "stories").exists():
        sets = [(one, stories.labelled_set(options.eval, one, tagger)) for one in stories.NAMES]
    else:
        report.progress(f"no evaluation folder at {options.eval}: nothing scored")
        return
    lines: list[list[object]] = []
    for name, labelled in sets:
        articles = [article for article, _label in labelled]
        report.progress(f"{name}: {len(articles)} articles")
        lines.append(line(name, "tf-idf centroids .30", centroids(articles), labelled))
        lines.append(line(name, "shard", assign_stories(articles, model), labelled))
        add_figures(figures, name, lines[-1])
        week = replace(DedupSettings(), copies_kept=LONG)
        lines.append(
            line(name, "shard, closing at 72 h", assign_stories(articles, model, week), labelled)
        )
        if not options.files and not options.quick and name in stories.TRAINED:
            others = [one for other, one in sets if other in stories.TRAINED and other != name]
            found = assign_stories(articles, train(others))
            lines.append(line(name, "shard, trained on the others", found, labelled))
            add_figures(figures, f"{name}.left_out", lines[-1])
    found, together = score_mixed_stream([labelled for _name, labelled in sets], model)
    lines.append(line("all in one stream", "shard", found, together))
    add_figures(figures, "mixed", lines[-1])
    figures["mixed.across_sets"] = count_mixed_stories(found, together)
    report.show("Stories", HEAD, lines)
    if not options.files:
        report.progress("speaker pairs and seeds")
        right = speaker_pairs(model, tagger)
        orders, total = seed_orders(options.eval / "seeds", model, tagger)
        rows: list[list[object]] = [
            ["one speaker, two occasions", f"{right['two']} of 30"],
            ["one occasion, two reports", f"{right['one']} of 30"],
            ["arrival orders with correct seeds", f"{orders} of {total}"],
            ["stories with articles of several sets", figures["mixed.across_sets"]],
        ]
        report.show("Occasions", ("figure", "right"), rows)
        figures |= {f"speakers.{kind}": count for kind, count in right.items()}
        figures["seeds.orders"] = orders
    report.write("score-stories", figures)


if __name__ == "__main__":
    main()
