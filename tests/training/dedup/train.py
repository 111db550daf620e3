"""Learn the merge score from labelled streams: ``python -m tests.training.dedup.train``.

Examples are every article with each of its candidate stories, at the moment it
arrives: once in streams where past decisions were right, then in streams of the
model's own making, so that it learns to live with its mistakes. Dates are hidden from
some articles at random, since many real ones have none. One intercept a training set,
averaged for use: sets differ in how finely they part stories.
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
from services.dedup.clustering import merge_score as models
from services.dedup.clustering.clusterer import Clusterer
from services.dedup.clustering.merge_score import INPUTS, MergeModel
from services.dedup.clustering.story_index import choose_keys
from services.dedup.features import feature_batch
from services.dedup.features.article_features import Features, extract_features
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings

STRENGTH: Final = 4.0
"""Strength of the pull of all weights towards zero (L2), on standardised inputs."""
HIDDEN: Final = 0.25
"""Share of dates hidden in training."""
ROUNDS: Final = 3
"""Streams of the model's own making, after the one where past decisions were right."""
COMMON: Final = 0.02
"""Share of articles from which a word is common enough for the prior."""

Labelled = Sequence[tuple[TaggedArticle, str]]
"""Articles in order of arrival, each with the name of its happening."""


def common_words(sets: Sequence[Labelled]) -> dict[str, float]:
    """Share of articles that hold a word, for words in many articles of the sets."""
    counts: Counter[str] = Counter()
    total = 0
    for labelled in sets:
        for article, _label in labelled:
            text = f"{article.title} {article.body}".lower()
            counts.update({w for w in text.split() if w.isalpha()})
            total += 1
    return {w: round(n / total, 3) for w, n in sorted(counts.items()) if n >= COMMON * total}


def plain_model(prior: Mapping[str, float]) -> MergeModel:
    """Return a model to begin with: likeness of body and lead."""
    weights = np.zeros(len(INPUTS))
    weights[INPUTS.index("body")] = 8
    weights[INPUTS.index("mean_lead")] = 4
    return MergeModel(-3.0, weights, prior)


def examples(
    stream: Sequence[tuple[Features, str]],
    settings: DedupSettings,
    model: MergeModel,
    *,
    teacher: bool,
    seed: int,
) -> tuple[list[npt.NDArray[np.float64]], list[int]]:
    """Return inputs and labels of one stream; with a teacher, each article joins its true story."""
    chance = random.Random(seed)  # noqa: S311 - fixed for repeatable training
    # The weak candidates too, which a shard passes over: they tell where to draw the line.
    clusterer = Clusterer(replace(settings, candidate_share=0.0), model, all_inputs=True)
    truth: dict[str, Counter[str]] = {}
    rows: list[npt.NDArray[np.float64]] = []
    labels: list[int] = []
    for number, (taken, label) in enumerate(stream):
        one = replace(taken, dated=False) if chance.random() < HIDDEN else taken
        article = keyed(one, clusterer)
        matches = clusterer.find_matches(article)
        for match in matches:
            story = truth[match.story_id]
            if match.separation:
                continue
            rows.append(match.inputs)
            labels.append(int(story.most_common(1)[0][0] == label))
        clusterer.frequencies.add(one.terms)
        clusterer.frequencies.add(one.entities)
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


def keyed(one: Features, clusterer: Clusterer) -> FeatureBatch:
    """Return an article's features as a pack, with the keys chosen by the present frequencies."""
    article = feature_batch.batch_of(one)
    return feature_batch.batch_of(replace(one, keys=choose_keys(article, clusterer.frequencies)))


def fit(
    rows: npt.NDArray[np.float64], labels: npt.NDArray[np.float64], groups: npt.NDArray[np.int64]
) -> tuple[float, npt.NDArray[np.float64]]:
    """Weights with fixed signs by L-BFGS-B, and the mean of the sets' intercepts.

    Every set weighs the same, and within a set its two labels as they come.
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
            (np.bincount(groups, slack, minlength=count), inputs.T @ slack + STRENGTH * weights)
        )
        return float(value + STRENGTH / 2 * weights @ weights), slope

    bounds: list[tuple[float | None, float | None]] = [(None, None)] * count
    bounds += [(None, 0.0) if name == "gap" else (0.0, None) for name in INPUTS]
    start = np.zeros(count + len(INPUTS))
    best: Any = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    weights = best.x[count:] / scale
    return float(best.x[:count].mean() - mean @ weights), weights


def train(sets: Sequence[Labelled], settings: DedupSettings | None = None) -> MergeModel:
    """Return a model from labelled streams."""
    settings = settings or DedupSettings()
    taken = [[(extract_features(a, settings), label) for a, label in labelled] for labelled in sets]
    model = plain_model(common_words(sets))
    rows: list[npt.NDArray[np.float64]] = []
    labels: list[int] = []
    groups: list[int] = []
    for turn in range(ROUNDS + 1):
        for group, stream in enumerate(taken):
            for teacher in (True, False) if turn else (True,):
                more, right = examples(
                    stream, settings, model, teacher=teacher, seed=100 * turn + group
                )
                rows += more
                labels += right
                groups += [group] * len(right)
        intercept, weights = fit(
            np.array(rows), np.array(labels, dtype=np.float64), np.array(groups)
        )
        model = MergeModel(intercept, weights, model.common_words)
    return model


def main() -> None:
    """Train on the labelled sets of the evaluation folder and write the weights."""
    from tests.quality import stories, streams  # noqa: PLC0415 - not part of the service

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=streams.EVAL)
    parser.add_argument("--out", type=Path, default=models.WEIGHTS)
    given = parser.parse_args()
    model = train(stories.labelled_sets(given.eval))
    given.out.write_text(model.to_json(), encoding="utf-8")
    print(model.to_json())  # noqa: T201 - the command's output


if __name__ == "__main__":
    main()
