"""Cache of the first layers of a spaCy network, whose result depends on a single word.

The network first computes a vector for each word, from its form and its static vector; only
the layers after these look at the words beside it. These first layers take a sixth of the time of
the English model. Most words of a text have occurred before, so their vectors are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH
from thinc.api import Model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

MAX_WORDS = 50_000
"""Words whose vectors are kept: 19 MB with 96 numbers each. A full cache is emptied."""

_KEY = np.uint64(0x9E37_79B9_7F4A_7C15)
"""An odd number with irregular bits, which mixes two 64-bit hashes into one."""

_Words = NDArray[np.uint64]
"""A row a word: the hashes of the attributes that the network reads."""
_Vectors = NDArray[np.float32]
"""A row a word: its vector."""


def cache_word_vectors(nlp: Language) -> None:
    """Let the `ner` component of a pipeline compute the vector of each word once.

    The component must have an embedding of its own, as in the `md` models of spaCy 3. Its results
    stay the same but for the rounding of floats, which depends on the shapes of matrices.
    """
    recognizer: Any = nlp.get_pipe("ner")
    tok2vec = recognizer.model.get_ref("tok2vec").layers[0]
    tok2vec.layers[0] = _layer(WordVectorCache(tok2vec.layers[0]))


class WordVectorCache:
    """The vectors of words, which `embedding` computes for those that are not known yet.

    `embedding` is a network from documents to an array for each, with a row a word.
    """

    def __init__(self, embedding: Model[Any, Any], max_words: int = MAX_WORDS) -> None:
        self._embedding = embedding
        extractor = next(one for one in embedding.walk() if one.name == "extract_features")
        # Norms are a matter of the tokenizer; all other attributes follow from the word itself.
        self._attributes = [ORTH, NORM, *extractor.attrs["columns"]]
        self._max_words = max_words
        self._rows: dict[int, int] = {}
        self._vectors: _Vectors = np.empty((0, 0), np.float32)

    def __len__(self) -> int:
        return len(self._rows)

    def embed(self, documents: Sequence[Doc]) -> list[_Vectors]:
        """Return an array for each document, with a row a word."""
        if not documents:
            return []
        words = np.concatenate([one.to_array(self._attributes) for one in documents])
        keys, firsts, places = np.unique(
            words[:, 0] * _KEY + words[:, 1], return_index=True, return_inverse=True
        )
        vectors = self._vectors_of(keys.tolist(), words[firsts], documents[0].vocab)[places]
        ends = np.cumsum([len(one) for one in documents])
        return np.split(vectors, ends[:-1])

    def _vectors_of(self, keys: list[int], words: _Words, vocab: Vocab) -> _Vectors:
        missing = [at for at, key in enumerate(keys) if key not in self._rows]
        if len(self._rows) + len(missing) > self._max_words:
            self._rows.clear()
            missing = list(range(len(keys)))
        if missing:
            new = self._embedding.predict([_WordList(vocab, words[missing], self._attributes)])[0]
            if len(keys) > self._max_words:
                return new  # type: ignore[no-any-return]  # untyped in thinc
            if not self._vectors.size:
                self._vectors = np.empty((self._max_words, new.shape[1]), np.float32)
            begin = len(self._rows)
            self._vectors[begin : begin + len(new)] = new
            self._rows.update({keys[at]: begin + row for row, at in enumerate(missing)})
        return self._vectors[[self._rows[key] for key in keys]]


class _WordList:
    """Words in the form of a spaCy document, as far as an embedding reads it."""

    def __init__(self, vocab: Vocab, words: _Words, attributes: Sequence[int | str]) -> None:
        self.vocab = vocab
        self._words = words
        self._column = {name: at for at, name in enumerate(attributes)}

    def __len__(self) -> int:
        return len(self._words)

    def to_array(self, attributes: int | str | Sequence[int | str]) -> _Words:
        if isinstance(attributes, int | str):
            return self._words[:, self._column[attributes]]
        return self._words[:, [self._column[name] for name in attributes]]


def _layer(cache: WordVectorCache) -> Model[list[Doc], list[Any]]:
    """Return the cache as a layer of a network that is not trained."""

    def forward(
        _: object,
        documents: list[Doc],
        is_train: bool,  # noqa: FBT001 - the interface of thinc
    ) -> tuple[list[_Vectors], Callable[[Any], Any]]:
        assert not is_train, "the vectors of words are fixed"
        return cache.embed(documents), lambda gradient: gradient

    return Model("cached_word_vectors", forward)
