"""Select the terms and entities under which a story is found."""

from __future__ import annotations

from typing import Final

import numpy as np

from services.dedup.features import similarity
from services.dedup.features.document_frequency import DocumentFrequencies, sublinear_tf
from services.dedup.features.feature_batch import FeatureBatch
from services.dedup.features.tokenizer import sorted_unique
from services.dedup.features.tokens import Hashes

MAX_TERM_KEYS: Final = 16
MAX_ENTITY_KEYS: Final = 12


def select_story_keys(article: FeatureBatch, frequencies: DocumentFrequencies) -> Hashes:
    """Return the terms and entities of an article that have the highest TF-IDF weights, sorted.

    ``article`` is a batch of one. An entity's salience stands in for its term frequency.
    """
    terms, entities = article.array("terms"), article.array("entity_keys")
    weights = similarity.term_weights(
        terms,
        sublinear_tf(article.array("term_counts")),
        article.array("title_terms"),
        frequencies.log_counts,
        frequencies.log_total,
    )
    best_terms = terms[np.argsort(-weights, kind="stable")[:MAX_TERM_KEYS]]
    entity_weights = frequencies.idf(entities) * article.array("entity_saliences")
    best_entities = entities[np.argsort(-entity_weights, kind="stable")[:MAX_ENTITY_KEYS]]
    return sorted_unique(np.concatenate((best_terms, best_entities)))
