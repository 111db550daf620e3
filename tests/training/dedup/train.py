"""Train the merge score on labelled streams: ``python -m tests.training.dedup.train``.

An example is an article and one of its candidate stories at the time the article arrives. The first
examples come from streams in which all past decisions are correct. Later examples come from streams
decided by the model itself, so that it also learns from states with its own mistakes. The dates and
the titles of some articles are hidden at random, because many real articles have none. Each
training set has its own intercept, because the sets differ in the granularity of their stories; the
model gets the mean of the intercepts.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]

from schemas.article import TaggedArticle
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.clustering.comparison import TEXT_OVERLAP_COLUMNS
from services.dedup.clustering.merge_score import INPUTS, WEIGHTS_FILE, MergeModel
from services.dedup.clustering.story_keys import select_story_keys
from services.dedup.features.article_features import ArticleFeatures, extract_features
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings

L2_PENALTY: Final = 4.0
"""Penalty on the squares of the weights of standardised inputs."""
HIDDEN_DATES: Final = 0.25
"""Share of dates hidden in training."""
HIDDEN_TITLES: Final = 0.15
"""Share of titles hidden in training."""
UNTRAINED: Final = ("shared_rare_terms", *TEXT_OVERLAP_COLUMNS)
"""Inputs whose weight is 0: the first belongs to the doubts (`doubts.py`), and the others would
have to be computed for every pair of articles."""
SELF_TRAINING_ROUNDS: Final = 3
"""Rounds on streams decided by the model, after the round with correct past decisions."""
MIN_COMMON_SHARE: Final = 0.02
"""Share of articles that must contain a word of the prior."""

Labelled = Sequence[tuple[TaggedArticle, str]]
"""Articles in order of arrival, with the labels of their events."""
Extracted = tuple[ArticleFeatures, ArticleFeatures, str]
"""Features of an article, those that it has without its title, and the label of its event."""


def common_words(sets: Sequence[Labelled]) -> dict[str, float]:
    """Return the share of articles that contain a word, for the common words of the sets."""
    counts: Counter[str] = Counter()
    total = 0
    for labelled in sets:
        for article, _label in labelled:
            text = f"{article.title} {article.body}".lower()
            counts.update({w for w in text.split() if w.isalpha()})
            total += 1
    return {
        w: round(n / total, 3) for w, n in sorted(counts.items()) if n >= MIN_COMMON_SHARE * total
    }


def initial_model(prior: Mapping[str, float]) -> MergeModel:
    """Return a model to start with, which uses the similarity of body and lead only."""
    weights = np.zeros(len(INPUTS))
    weights[INPUTS.index("body_cosine")] = 8
    weights[INPUTS.index("mean_lead_cosine")] = 4
    return MergeModel(-3.0, weights, prior)


def examples(
    stream: Sequence[Extracted],
    settings: DedupSettings,
    model: MergeModel,
    *,
    teacher: bool,
    seed: int,
) -> tuple[list[npt.NDArray[np.float64]], list[int]]:
    """Return the model's inputs and the labels of one stream.

    With ``teacher`` each article joins its true story, otherwise the one that the model chooses.
    ``seed`` determines the articles whose dates and titles are hidden.
    """
    chance = random.Random(seed)  # noqa: S311 - fixed for repeatable training
    # Weak candidates, which a shard ignores, are also examples, because they help to find the
    # limit.
    clusterer = Clusterer(replace(settings, candidate_share=0.0), model, fill_all_inputs=True)
    truth: dict[str, Counter[str]] = {}
    rows: list[npt.NDArray[np.float64]] = []
    labels: list[int] = []
    for number, (features, untitled, label) in enumerate(stream):
        is_date_hidden = chance.random() < HIDDEN_DATES
        one = untitled if chance.random() < HIDDEN_TITLES else features
        one = replace(one, has_stated_date=False) if is_date_hidden else one
        article = with_story_keys(one, clusterer)
        matches = clusterer.find_matches(article)
        for match in matches:
            story = truth[match.story_id]
            if match.cannot_link:
                continue
            rows.append(match.inputs)
            labels.append(int(story.most_common(1)[0][0] == label))
        clusterer.frequencies.add(one.terms)
        clusterer.frequencies.add(one.entity_keys)
        if teacher:
            chosen = next((s for s, seen in truth.items() if seen[label]), None)
        else:
            best = matches[0] if matches and matches[0].score >= settings.join_score else None
            chosen = best.story_id if best else None
        if chosen is None:
            chosen = f"story-{number}"
            truth[chosen] = Counter()
            clusterer.open_story(chosen, str(number), article)
        else:
            clusterer.add_article(chosen, str(number), article)
        truth[chosen][label] += 1
    return rows, labels


def with_story_keys(one: ArticleFeatures, clusterer: Clusterer) -> FeatureBatch:
    """Return a batch of one article, with the story keys selected by the present frequencies."""
    article = FeatureBatch.from_features(one)
    return FeatureBatch.from_features(
        replace(one, story_keys=select_story_keys(article, clusterer.frequencies))
    )


def fit(
    rows: npt.NDArray[np.float64], labels: npt.NDArray[np.float64], groups: npt.NDArray[np.int64]
) -> tuple[float, npt.NDArray[np.float64]]:
    """Return the mean of the training sets' intercepts, and the weights.

    The weights minimise the logistic loss under bounds that fix their signs (L-BFGS-B).
    ``groups`` gives the training set of each row. Every set has the same weight, and so has every
    row of a set.
    """
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    inputs = (rows - mean) / scale
    count = int(groups.max()) + 1
    share = np.array([1.0 / np.count_nonzero(groups == g) for g in range(count)])[groups]
    share *= len(rows) / count / 10

    def loss(theta: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        intercepts, weights = theta[:count], theta[count:]
        odds = intercepts[groups] + inputs @ weights
        value = np.sum(share * (np.logaddexp(0, odds) - labels * odds))
        slack = share * (1 / (1 + np.exp(-odds)) - labels)
        slope = np.concatenate(
            (np.bincount(groups, slack, minlength=count), inputs.T @ slack + L2_PENALTY * weights)
        )
        return float(value + L2_PENALTY / 2 * weights @ weights), slope

    bounds: list[tuple[float | None, float | None]] = [(None, None)] * count
    bounds += [_bounds(name) for name in INPUTS]
    start = np.zeros(count + len(INPUTS))
    best: Any = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    weights = best.x[count:] / scale
    return float(best.x[:count].mean() - mean @ weights), weights


def _bounds(name: str) -> tuple[float | None, float | None]:
    """Return the lowest and highest weight that an input may have."""
    if name in UNTRAINED:
        return 0.0, 0.0
    return (None, 0.0) if name == "log_days_apart" else (0.0, None)


def extract(article: TaggedArticle, label: str, settings: DedupSettings) -> Extracted:
    """Return the features of an article with its title and without it, and its label."""
    untitled = article.model_copy(update={"title": ""})
    return extract_features(article, settings), extract_features(untitled, settings), label


def train(sets: Sequence[Labelled], settings: DedupSettings | None = None) -> MergeModel:
    """Train a model on labelled streams."""
    settings = settings or DedupSettings()
    streams = [[extract(a, label, settings) for a, label in labelled] for labelled in sets]
    model = initial_model(common_words(sets))
    rows: list[npt.NDArray[np.float64]] = []
    labels: list[int] = []
    groups: list[int] = []
    for turn in range(SELF_TRAINING_ROUNDS + 1):
        for group, stream in enumerate(streams):
            for teacher in (True, False) if turn else (True,):
                new_rows, new_labels = examples(
                    stream, settings, model, teacher=teacher, seed=100 * turn + group
                )
                rows += new_rows
                labels += new_labels
                groups += [group] * len(new_labels)
        intercept, weights = fit(
            np.array(rows), np.array(labels, dtype=np.float64), np.array(groups)
        )
        model = MergeModel(intercept, weights, model.common_words)
    return model


def main() -> None:
    """Train on labelled sets of the evaluation folder, tagged by the stage's own tagger."""
    from tests.quality import stories, streams  # noqa: PLC0415 - not part of the service
    from tests.quality.tags import NewsloomTagger  # noqa: PLC0415 - as above

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=streams.EVAL)
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    given = parser.parse_args()
    tagger = NewsloomTagger()
    model = train([stories.labelled_set(given.eval, name, tagger) for name in stories.TRAINED])
    given.out.write_text(model.to_json(), encoding="utf-8")
    print(model.to_json())  # noqa: T201 - the command's output


if __name__ == "__main__":
    main()
