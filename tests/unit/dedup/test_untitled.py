"""An article without a title is compared by its text, and the score allows for what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from services.dedup.clustering.comparison import COLUMNS, ArticleComparer
from services.dedup.clustering.merge_score import INPUTS, load_model
from services.dedup.features.article_features import extract_features
from services.dedup.features.document_frequency import DocumentFrequencies
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.settings import DedupSettings
from tests.unit.dedup.make import NOON, article, prose


def batch(title: str) -> FeatureBatch:
    one = article("one", prose(1, 80), title=title, at=NOON + timedelta(hours=1))
    return FeatureBatch.from_features(extract_features(one, DedupSettings()))


def test_a_pair_is_untitled_where_one_of_the_two_has_no_title() -> None:
    comparer = ArticleComparer(DocumentFrequencies({}))
    titled, untitled = batch("Council closes the bridge"), batch("")
    column = COLUMNS.index("untitled")
    many = FeatureBatch.concatenate([titled, untitled])
    assert comparer.compare(titled, many)[:, column].tolist() == [0, 1]
    assert comparer.compare(untitled, many)[:, column].tolist() == [1, 1]


def test_a_missing_title_speaks_for_no_story_less_than_a_foreign_one() -> None:
    model = load_model()
    row = np.zeros((1, len(INPUTS)))
    row[0, INPUTS.index("mean_untitled")] = 1
    blind = replace(model, weights=np.where(np.array(INPUTS) == "mean_untitled", 0, model.weights))
    assert model.log_odds(row)[0] > blind.log_odds(row)[0]


def test_rare_terms_that_two_texts_share_are_counted() -> None:
    comparer = ArticleComparer(DocumentFrequencies({"common": 0.5, "bridge": 0.5}))

    def of(body: str) -> FeatureBatch:
        one = article("one", body)
        return FeatureBatch.from_features(extract_features(one, DedupSettings()))

    one, other = of("common bridge Skarholm bearings"), of("common bridge Skarholm lorries")
    column = COLUMNS.index("shared_rare_terms")
    assert np.isclose(comparer.compare(one, other)[0, column], np.log1p(1))
    assert np.isclose(comparer.compare(one, of("common bridge quays"))[0, column], 0)
